package io.gramme.recovery;

import io.gramme.transfer.bucket.Bucket;
import java.util.Optional;

/**
 * Where the files of backups are kept: a folder for each backup, of the layout of an export.
 *
 * @param prefix of all folders
 */
public record BackupPlace(Bucket bucket, Optional<String> prefix) {}
