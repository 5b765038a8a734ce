/** The service IAM: its operations on the users, groups, roles, keys and policies of an account. */
@NullMarked
package io.gramme.security.iam;

import org.jspecify.annotations.NullMarked;
