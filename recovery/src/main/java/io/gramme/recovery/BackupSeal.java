package io.gramme.recovery;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.key.Blinding;
import io.gramme.encryption.file.FileKey;
import io.gramme.storage.LogPosition;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableCodec;
import io.gramme.transfer.export.DamagedExportException;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the last file in the folder of a backup says of the backup itself: enough to restore it on a server that has
 * never heard of it. It is never encrypted: people read the names and times; {@code definition} is the table's definition for the program.
 */
final class BackupSeal {
    /** The name of that file. */
    static final String NAME = "gramme-backup.json";

    private static final JsonFactory JSON = new JsonFactory();

    private BackupSeal() {}

    static Bytes encode(Backup backup) {
        var text = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("id", backup.id().text());
            out.writeStringProperty("name", backup.name());
            out.writeStringProperty("type", backup.type().name());
            out.writeStringProperty("created", backup.created().toString());
            out.writeStringProperty("tableArn", backup.source().arn());
            out.writeStringProperty("tableId", backup.source().id());
            out.writeNumberProperty("position", backup.position().orElseThrow().version());
            out.writeNumberProperty("items", backup.items());
            out.writeNumberProperty("bytes", backup.bytes());
            out.writeStringProperty(
                    "definition",
                    Base64.getEncoder()
                            .encodeToString(
                                    TableCodec.encode(shown(backup.source())).toArray()));
            backup.key().ifPresent(key -> {
                out.writeName("key");
                FileKeyJson.write(out, key);
            });
            out.writeEndObject();
        }
        return Bytes.wrap(text.toByteArray());
    }

    /** The definition without what opens the keys of rows in the store: the files have items, and no rows. */
    private static Table shown(Table table) {
        return table.withBlinding(table.blinding().map(Blinding::withoutSecret));
    }

    /**
     * The backup of a folder. One of a user, even if it was a system backup: who copied it decides when it goes.
     *
     * @throws DamagedExportException if the content is none of a backup
     */
    static Backup decode(String folder, Bytes content) {
        String id = "";
        String name = "";
        long position = -1;
        long items = 0;
        long bytes = 0;
        String definition = "";
        Optional<FileKey> key = Optional.empty();
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), content.toArray())) {
            in.nextToken();
            for (String member = in.nextName(); member != null; member = in.nextName()) {
                JsonToken token = in.nextToken();
                switch (member) {
                    case "id" -> id = in.getString();
                    case "name" -> name = in.getString();
                    case "position" -> position = in.getLongValue();
                    case "items" -> items = in.getLongValue();
                    case "bytes" -> bytes = in.getLongValue();
                    case "definition" -> definition = in.getString();
                    case "key" -> key = Optional.of(FileKeyJson.read(in));
                    default -> {
                        if (token.isStructStart()) {
                            in.skipChildren();
                        }
                    }
                }
            }
            Table table = TableCodec.decode(Bytes.wrap(Base64.getDecoder().decode(definition)));
            return new Backup(
                    new ResourceId(id),
                    name,
                    Backup.Type.USER,
                    table,
                    Optional.of(LogPosition.behind(position)),
                    items,
                    bytes,
                    Optional.empty(),
                    Optional.of(folder),
                    key);
        } catch (JacksonException | IllegalArgumentException | IllegalStateException e) {
            throw new DamagedExportException(folder + "/" + NAME, "it describes no backup: " + e.getMessage());
        }
    }
}
