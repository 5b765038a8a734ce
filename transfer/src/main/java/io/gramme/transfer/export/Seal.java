package io.gramme.transfer.export;

import io.gramme.api.wire.Json;
import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The last object of a folder: {@code {"version":1,"files":[{"key":...,"bytes":...,"sha256":...}],"content":...}},
 * where the files are all objects of the export and the content is the caller's, byte for byte. Its last member may be {@code
 * "mac":...}, of all bytes before the comma. An object beside it, {@code .sha256} instead of {@code .json}, has its own SHA-256 in hex.
 */
final class Seal {
    private static final int VERSION = 1;
    private static final Bytes MAC_BEGIN = Bytes.utf8(",\"mac\":\"");
    private static final Bytes MAC_END = Bytes.utf8("\"}");
    private static final int MAC_DIGITS = 64;
    private static final int MAC_MEMBER = MAC_BEGIN.length() + MAC_DIGITS + MAC_END.length();

    private Seal() {}

    /** @param bytes its size */
    record SealedFile(String key, long bytes, String sha256) {}

    record Sealed(List<SealedFile> files, FolderSeal seal) {}

    static void write(
            Bucket bucket,
            String folder,
            ExportFolder.SealContent seal,
            List<ExportedFile> files,
            List<StoredObject> manifests) {
        Json.requireWellFormed(seal.content().shared());
        Bytes plain = ManifestJson.object(out -> {
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
        Bytes text = seal.mac().map(mac -> withMac(plain, mac)).orElse(plain);
        String key = folder + "/" + seal.name();
        String sum = StoredObjects.of(key, text).sha256().toString();
        bucket.put(sumOf(key), Bytes.utf8(sum));
        bucket.put(key, text);
    }

    private static Bytes withMac(Bytes object, Function<Bytes, String> mac) {
        Bytes head = Bytes.wrap(Arrays.copyOf(object.shared(), object.length() - 1));
        String value = mac.apply(head);
        if (value.length() != MAC_DIGITS) {
            throw new IllegalArgumentException("a mac has " + MAC_DIGITS + " digits, not " + value.length());
        }
        return head.plus(MAC_BEGIN).plus(Bytes.utf8(value)).plus(MAC_END);
    }

    private static Optional<FolderSeal.Mac> mac(Bytes text) {
        int at = text.length() - MAC_MEMBER;
        if (at < 0 || !text.from(at).startsWith(MAC_BEGIN)) {
            return Optional.empty();
        }
        byte[] bytes = text.shared();
        Bytes head = Bytes.wrap(Arrays.copyOf(bytes, at));
        String value = new String(bytes, at + MAC_BEGIN.length(), MAC_DIGITS, StandardCharsets.UTF_8);
        return Optional.of(new FolderSeal.Mac(head, value));
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
        return new Sealed(List.copyOf(files), new FolderSeal(content[0], mac(text)));
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
