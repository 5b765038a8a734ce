package io.gramme.recovery;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.file.FileKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The wrapped key of a backup in its seal: with the root key it opens the files. */
final class FileKeyJson {
    private FileKeyJson() {}

    static void write(JsonGenerator out, FileKey key) {
        out.writeStartObject();
        out.writeStringProperty("id", key.id().toString());
        out.writeStringProperty("rootKey", key.rootKey());
        out.writeName("context");
        out.writeStartObject();
        new TreeMap<>(key.context()).forEach(out::writeStringProperty);
        out.writeEndObject();
        out.writeStringProperty(
                "wrapped", Base64.getEncoder().encodeToString(key.wrapped().shared()));
        out.writeEndObject();
    }

    /**
     * Reads the object that the parser is at.
     *
     * @throws IllegalArgumentException if it is no key
     */
    static FileKey read(JsonParser in) {
        String id = "";
        String rootKey = "";
        String wrapped = "";
        var context = new TreeMap<String, String>();
        for (String member = in.nextName(); member != null; member = in.nextName()) {
            JsonToken token = in.nextToken();
            switch (member) {
                case "id" -> id = in.getString();
                case "rootKey" -> rootKey = in.getString();
                case "wrapped" -> wrapped = in.getString();
                case "context" -> {
                    for (String name = in.nextName(); name != null; name = in.nextName()) {
                        in.nextToken();
                        context.put(name, in.getString());
                    }
                }
                default -> {
                    if (token.isStructStart()) {
                        in.skipChildren();
                    }
                }
            }
        }
        return new FileKey(
                Bytes.wrap(HexFormat.of().parseHex(id)),
                rootKey,
                context,
                Bytes.wrap(Base64.getDecoder().decode(wrapped)));
    }
}
