package io.gramme.recovery.server;

import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The directory of a backup of a whole server.
 *
 * <pre>
 * data                        a data directory, ready to be copied to its place
 * SHA256SUMS                  the SHA-256 of every file in data, in the form of the command sha256sum
 * gramme-server-backup.json   the format, the time, and the SHA-256 of SHA256SUMS; written last
 * </pre>
 *
 * <p>A directory without the last file is no backup: it was never complete.
 */
final class ServerBackupFolder {
    static final String DATA = "data";
    static final String SUMS = "SHA256SUMS";
    static final String MANIFEST = "gramme-server-backup.json";

    private static final String FORMAT = "gramme-server-backup 1";
    private static final int LARGEST_MANIFEST = 1 << 16;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (" + DATA + "/.+)");

    private ServerBackupFolder() {}

    /**
     * The content of the last file.
     *
     * @param version of the last change in the backup
     * @param bytes of all files in data
     */
    record Manifest(Instant created, long version, long files, long bytes, String sums) {}

    /** @param sums the SHA-256 of each file, by its path in the directory */
    static void complete(Path directory, SortedMap<String, String> sums, Instant created, long version, long bytes)
            throws IOException {
        var text = new StringBuilder();
        sums.forEach((file, sum) -> text.append(sum).append("  ").append(file).append('\n'));
        byte[] lines = text.toString().getBytes(StandardCharsets.UTF_8);
        CopiedFile.write(directory.resolve(SUMS), lines);
        Trees.sync(directory);
        var manifest = new Manifest(created, version, sums.size(), bytes, sha256(lines));
        Path part = directory.resolve(MANIFEST + ".part");
        CopiedFile.write(part, json(manifest));
        Files.move(part, directory.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
        CopiedFile.sync(directory);
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(CopiedFile.sha256().digest(content));
    }

    private static byte[] json(Manifest manifest) {
        var text = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(text)) {
            out.writeStartObject();
            out.writeStringProperty("format", FORMAT);
            out.writeStringProperty("created", manifest.created.toString());
            out.writeNumberProperty("version", manifest.version);
            out.writeNumberProperty("files", manifest.files);
            out.writeNumberProperty("bytes", manifest.bytes);
            out.writeStringProperty("sha256sums", manifest.sums);
            out.writeEndObject();
        }
        return text.toByteArray();
    }

    static boolean isComplete(Path directory) {
        return Files.isRegularFile(directory.resolve(MANIFEST));
    }

    /** @throws DamagedServerBackupException if the directory is not complete, or the file damaged */
    static Manifest manifest(Path directory) throws IOException {
        Path file = directory.resolve(MANIFEST);
        if (!isComplete(directory)) {
            throw new DamagedServerBackupException(directory + " is no complete backup of a server: it has no "
                    + MANIFEST + ", which is written last; make another one with 'gramme backup server'");
        }
        if (Files.size(file) > LARGEST_MANIFEST) {
            throw damaged(file, "it is too large");
        }
        Map<String, Object> members = members(file);
        if (!FORMAT.equals(members.get("format"))) {
            throw new DamagedServerBackupException(
                    file + " has the format " + members.get("format") + ", and this version of Gramme reads " + FORMAT);
        }
        try {
            return new Manifest(
                    Instant.parse(text(members, "created", file)),
                    number(members, "version", file),
                    number(members, "files", file),
                    number(members, "bytes", file),
                    text(members, "sha256sums", file));
        } catch (DateTimeParseException _) {
            throw damaged(file, "its member created is no time");
        }
    }

    private static Map<String, Object> members(Path file) throws IOException {
        var members = new HashMap<String, Object>();
        try (JsonParser in = Json.parser(Files.readAllBytes(file))) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw damaged(file, "it is no JSON object");
            }
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                switch (in.nextToken()) {
                    case VALUE_STRING -> members.put(name, in.getString());
                    case VALUE_NUMBER_INT -> members.put(name, in.getLongValue());
                    default -> in.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw damaged(file, "it is not valid JSON: " + e.getOriginalMessage());
        }
        return members;
    }

    private static String text(Map<String, Object> members, String name, Path file) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw damaged(file, "its member " + name + " is missing or invalid");
    }

    private static long number(Map<String, Object> members, String name, Path file) {
        if (members.get(name) instanceof Long number && number >= 0) {
            return number;
        }
        throw damaged(file, "its member " + name + " is missing or invalid");
    }

    /** The SHA-256 of each file by its path in the directory. No path leads out of it. */
    static SortedMap<String, String> sums(Path directory, Manifest manifest) throws IOException {
        Path file = directory.resolve(SUMS);
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            throw damaged(file, "the file is missing");
        }
        if (!sha256(content).equals(manifest.sums)) {
            throw damaged(file, "its SHA-256 is another than " + MANIFEST + " says");
        }
        var sums = new TreeMap<String, String>();
        for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || !staysInside(directory, parts.group(2))) {
                throw damaged(file, "a line names no file of the backup: " + line);
            }
            sums.put(parts.group(2), parts.group(1));
        }
        return sums;
    }

    private static boolean staysInside(Path directory, String file) {
        Path path = directory.resolve(file);
        return path.equals(path.normalize()) && path.startsWith(directory.resolve(DATA));
    }

    static DamagedServerBackupException damaged(Path file, String cause) {
        return new DamagedServerBackupException("the backup is damaged: " + file + ": " + cause);
    }
}
