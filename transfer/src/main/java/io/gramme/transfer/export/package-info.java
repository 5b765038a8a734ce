/**
 * The folder of an export in a bucket: data files, their manifest and the summary.
 *
 * <pre>
 * ExportFolder folder = new ExportFolder(bucket, plan);
 * folder.begin();                                     // _started: fails if the bucket cannot be written
 * try (DataFile file = folder.file(part, ordinal)) {  // each part of the job on a thread of its own
 *     file.write(item);                               // until file.isFull() or the part ends
 *     ExportedFile done = file.complete();            // store it and the part's cursor, then open ordinal + 1
 * }
 * folder.complete(summary, files, Optional.empty());  // manifests last: a reader may trust the summary
 * </pre>
 *
 * <p>The key of a data file follows from the export's id, the part and the ordinal. So a part that is restarted writes
 * over the file that it had not reported, and no line is doubled, provided that it stores each {@code ExportedFile}
 * together with its cursor before it opens the next ordinal. A file that was not completed does not exist.
 *
 * <p>{@code ExportReader} reads a folder back and refuses one that is torn or edited.
 */
@NullMarked
package io.gramme.transfer.export;

import org.jspecify.annotations.NullMarked;
