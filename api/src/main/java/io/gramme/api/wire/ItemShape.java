package io.gramme.api.wire;

import io.gramme.core.item.Item;
import tools.jackson.core.JsonGenerator;

final class ItemShape extends Shape<Item> {
    @Override
    Item read(Reading in) {
        return ValueReader.item(in);
    }

    @Override
    void write(JsonGenerator out, Item item) {
        ValueJson.write(out, item);
    }
}
