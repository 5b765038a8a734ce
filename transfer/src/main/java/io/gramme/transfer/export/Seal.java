package io.gramme.transfer.export;

import io.gramme.api.wire.Json;
import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The last object of a folder: {@code {"version":1,"files":[{"key":...,"bytes":...,"sha256":...}],"content":...}},
 * where the files are all objects of the export and the content is the caller's, byte for byte. An object beside it, {@code .sha256}
 * instead of {@code .json}, has its own SHA-256 in hex.
 */
final class Seal {
    private static final int VERSION = 1;

    private Seal() {}

    /** @param bytes its size */
    record SealedFile(String key, long bytes, String sha256) {}

    record Sealed(List<SealedFile> files, Bytes content) {}

    static void write(
            Bucket bucket,
            String folder,
            ExportFolder.SealContent seal,
            List<ExportedFile> files,
            List<StoredObject> manifests) {
        Json.requireWellFormed(seal.content().shared());
        Bytes text = ManifestJson.object(out -> {
            out.writeNumberProperty("version", VERSION);
            out.writeName("files");
            out.writeStartArray();
            file(out, StoredObjects.of(folder + "/" + FolderNames.STARTED, Bytes.EMPTY));
            for (ExportedFile file : files) {
                file(out, file.key(), file.storedBytes(), file.sha256());
            }
            manifests.forEach(manifest -> file(out, manifest));
            out.writeEndArray();
            out.writeName("content");
            out.writeRawValue(new String(seal.content().shared(), StandardCharsets.UTF_8));
        });
        String key = folder + "/" + seal.name();
        String sum = StoredObjects.of(key, text).sha256().toString();
        bucket.put(sumOf(key), Bytes.utf8(sum));
        bucket.put(key, text);
    }

    static String sumOf(String key) {
        return key.substring(0, key.length() - ".json".length()) + ".sha256";
    }

    private static void file(JsonGenerator out, StoredObject file) {
        file(out, file.key(), file.size(), file.sha256());
    }

    private static void file(JsonGenerator out, String key, long bytes, Bytes sha256) {
        out.writeStartObject();
        out.writeStringProperty("key", key);
        out.writeNumberProperty("bytes", bytes);
        out.writeStringProperty("sha256", sha256.toString());
        out.writeEndObject();
    }

    /** @throws DamagedExportException if it is no seal */
    static Sealed parse(String key, Bytes text) {
        var files = new ArrayList<SealedFile>();
        var content = new Bytes[] {Bytes.EMPTY};
        try (JsonParser in = Json.parser(text.shared())) {
            in.nextToken();
            members(in, name -> {
                switch (name) {
                    case "files" -> {
                        while (in.nextToken() == JsonToken.START_OBJECT) {
                            files.add(file(key, in));
                        }
                    }
                    case "content" -> content[0] = value(in, text);
                    default -> in.skipChildren();
                }
            });
        } catch (JacksonException e) {
            throw new DamagedExportException(key, "it is not valid JSON: " + e.getOriginalMessage());
        }
        if (files.isEmpty() || content[0].isEmpty()) {
            throw new DamagedExportException(key, "it names no files, or has no content");
        }
        return new Sealed(List.copyOf(files), content[0]);
    }

    /** Calls {@code member} at the value of each member of the object that the parser is at. */
    private static void members(JsonParser in, Consumer<String> member) {
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            member.accept(name);
        }
    }

    private static SealedFile file(String seal, JsonParser in) {
        var members = FlatJson.members(seal, in);
        return new SealedFile(members.text("key"), members.number("bytes"), members.text("sha256"));
    }

    /** The bytes of the value that the parser is at, as they were written. */
    private static Bytes value(JsonParser in, Bytes text) {
        int from = (int) in.currentTokenLocation().getByteOffset();
        in.skipChildren();
        int to = (int) in.currentLocation().getByteOffset();
        return Bytes.wrap(Arrays.copyOfRange(text.shared(), from, to));
    }
}
