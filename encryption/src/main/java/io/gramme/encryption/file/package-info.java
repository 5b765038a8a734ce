/**
 * Sealed files: what a server writes outside of its row store, in pieces that are encrypted and authenticated.
 *
 * <pre>
 * FileKey key = FileKey.generate(service, rootKey, context, random);  // kept with the files
 * FileCipher cipher = FileCipher.of(key, service);
 * try (OutputStream out = cipher.seal("data/a.json.gz", sink)) { ... }
 * try (InputStream in = cipher.open("data/a.json.gz", stored)) { ... }
 * </pre>
 */
@NullMarked
package io.gramme.encryption.file;

import org.jspecify.annotations.NullMarked;
