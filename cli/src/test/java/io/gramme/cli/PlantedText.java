package io.gramme.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What was written into a server, and is looked for in its files: as text, in UTF-16, in base 64, in hex, as a row has it, and
 * compressed.
 */
final class PlantedText {
    private final Map<String, String> forms = new TreeMap<>();

    /** @param stored bytes of which it consists in a row */
    PlantedText(String marker, byte[] stored) {
        forms.put("row", latin(stored));
        byte[] text = marker.getBytes(UTF_8);
        forms.put("text", latin(text));
        forms.put("UTF-16LE", latin(marker.getBytes(UTF_16LE)));
        forms.put("UTF-16BE", latin(marker.getBytes(UTF_16BE)));
        forms.put("hex", HexFormat.of().formatHex(text));
        forms.put("HEX", HexFormat.of().formatHex(text).toUpperCase(Locale.ROOT));
        for (int before = 0; before < 3; before++) {
            forms.put("base 64 behind " + before, base64(text, before));
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** The digits that every base 64 has in which the text begins at such a place. */
    private static String base64(byte[] text, int before) {
        var shifted = new byte[before + text.length];
        System.arraycopy(text, 0, shifted, before, text.length);
        String digits = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return digits.substring(before == 0 ? 0 : before + 1, shifted.length / 3 * 4);
    }

    /** Where the text is, below a directory: file and form, a line each. */
    List<String> in(Path directory) throws IOException {
        var found = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = directory.relativize(file).toString();
                try {
                    search(name, Files.readAllBytes(file), found);
                } catch (NoSuchFileException _) {
                    // The database has replaced it meanwhile.
                }
            }
        }
        return found;
    }

    private void search(String name, byte[] content, List<String> found) {
        String latin = latin(content);
        forms.forEach((form, bytes) -> {
            if (latin.contains(bytes)) {
                found.add(name + ": " + form);
            }
        });
        for (int at = latin.indexOf("\u001f\u008b\b"); at >= 0; at = latin.indexOf("\u001f\u008b\b", at + 1)) {
            byte[] inflated = inflated(content, at);
            if (inflated.length > 0) {
                search(name + ", gzip at " + at, inflated, found);
            }
        }
    }

    /** Nothing if it is not gzip. */
    private static byte[] inflated(byte[] content, int at) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(content, at, content.length - at))) {
            return in.readAllBytes();
        } catch (IOException _) {
            return new byte[0];
        }
    }
}
