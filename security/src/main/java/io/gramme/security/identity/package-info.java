/** Users, groups, roles, their keys and policies as rows, and the sessions that are made from them. */
@NullMarked
package io.gramme.security.identity;

import org.jspecify.annotations.NullMarked;
