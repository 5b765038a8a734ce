/** TLS as this server uses it, without Netty: certificates and keys in files, and the contexts that are made of them. */
@NullMarked
package io.gramme.http.tls;

import org.jspecify.annotations.NullMarked;
