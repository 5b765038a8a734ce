package io.gramme.cli;

import io.gramme.core.item.Value;
import io.gramme.encryption.file.FileCipher;
import io.gramme.transfer.format.Compression;
import io.gramme.transfer.format.InputFormat;
import io.gramme.transfer.format.ItemReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of items, or standard input.
 *
 * @param name as the user wrote it; {@code -} for standard input
 * @param bytes its size; 0 if it is unknown
 */
record ImportInput(String name, InputFormat format, long bytes) {
    static final String STANDARD = "-";

    private static final int MAGIC = 8;
    private static final int ZSTD = 4;

    /** The formats by the ends of names. */
    enum Format {
        JSON("json|jsonl|ndjson"),
        ION("ion|10n"),
        CSV("csv|tsv");

        /** Ends of names, as a part of a pattern. */
        private final String ends;

        Format(String ends) {
            this.ends = ends;
        }

        private static Optional<Format> of(String name) {
            String small = name.toLowerCase(Locale.ROOT);
            return Stream.of(values())
                    .filter(format -> small.matches("(?s).*\\.(" + format.ends + ")(\\.(gz|gzip|zst|zstd))?"))
                    .findFirst();
        }
    }

    /**
     * What the options say of all files.
     *
     * @param format empty to tell it by the name
     * @param delimiter of CSV; empty for a comma, or a tab in files named {@code .tsv}
     * @param header the names of the columns of CSV, if the files have no line of them
     * @param keyTypes of the attributes that are in a key of the table or an index
     */
    record Style(
            Optional<Format> format,
            Optional<Character> delimiter,
            Optional<List<String>> header,
            Map<String, Value.Type> keyTypes) {

        private InputFormat of(String name) throws IOException {
            Format chosen = format.or(() -> name.equals(STANDARD) ? Optional.of(Format.JSON) : Format.of(name))
                    .orElseThrow(() -> new IOException(
                            "cannot tell the format of " + name + " by its name; give --format json, ion or csv"));
            return switch (chosen) {
                case JSON -> new InputFormat.DynamoDbJson();
                case ION -> new InputFormat.Ion();
                case CSV -> {
                    boolean tabs = name.toLowerCase(Locale.ROOT).contains(".tsv");
                    yield new InputFormat.Csv(delimiter.orElse(tabs ? '\t' : ','), header, keyTypes);
                }
            };
        }
    }

    /**
     * The inputs of these names, in their order.
     *
     * @throws IOException with a message for the user, if one cannot be read
     */
    static List<ImportInput> of(List<String> names, Style style) throws IOException {
        var inputs = new ArrayList<ImportInput>();
        for (String name : names) {
            if (name.equals(STANDARD)) {
                inputs.add(new ImportInput(name, style.of(name), 0));
                continue;
            }
            for (Path file : files(Path.of(name))) {
                if (!Files.isReadable(file)) {
                    throw new IOException(Files.exists(file) ? file + " cannot be read" : "there is no file " + file);
                }
                inputs.add(new ImportInput(file.toString(), style.of(file.toString()), Files.size(file)));
            }
        }
        return inputs;
    }

    /** The files in a directory by their names, or those with the items if it is an export; a file itself. */
    private static List<Path> files(Path named) throws IOException {
        if (!Files.isDirectory(named)) {
            return List.of(named);
        }
        Path data = named.resolve("data");
        boolean export = Files.exists(named.resolve("manifest-summary.json")) && Files.isDirectory(data);
        try (Stream<Path> found = Files.list(export ? data : named)) {
            List<Path> files = found.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
            if (files.isEmpty()) {
                throw new IOException("there is no file in " + named);
            }
            return files;
        }
    }

    /**
     * Opens the input behind some records.
     *
     * @param standard of the process
     * @throws IOException with a message for the user
     */
    ItemReader open(InputStream standard, long skip) throws IOException {
        InputStream stored = name.equals(STANDARD) ? standard : Files.newInputStream(Path.of(name));
        var content = new PushbackInputStream(new BufferedInputStream(stored), MAGIC);
        byte[] begin = content.readNBytes(MAGIC);
        content.unread(begin);
        if (FileCipher.isSealed(begin)) {
            content.close();
            throw new IOException(
                    name + " is a file of an encrypted backup: restore the backup on a server that has its root key");
        }
        return ItemReader.lenient(content, format, compression(begin), skip);
    }

    /** Each compression begins with bytes with which no format does. */
    static Compression compression(byte[] begin) {
        if (begin.length >= 2 && (begin[0] & 0xff) == 0x1f && (begin[1] & 0xff) == 0x8b) {
            return Compression.GZIP;
        }
        boolean zstd = begin.length >= ZSTD
                && (begin[0] & 0xff) == 0x28
                && (begin[1] & 0xff) == 0xb5
                && (begin[2] & 0xff) == 0x2f
                && (begin[3] & 0xff) == 0xfd;
        return zstd ? Compression.ZSTD : Compression.NONE;
    }
}
