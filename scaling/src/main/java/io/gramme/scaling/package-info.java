/** Auto scaling of provisioned throughput, as Application Auto Scaling does it for tables and global indexes. */
@NullMarked
package io.gramme.scaling;

import org.jspecify.annotations.NullMarked;
