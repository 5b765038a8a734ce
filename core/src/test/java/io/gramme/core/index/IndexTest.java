package io.gramme.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexTest {
    private static final KeySchema TABLE =
            new KeySchema(List.of(new KeyAttribute("pk", Value.Type.S)), List.of(new KeyAttribute("sk", Value.Type.N)));
    private static final KeySchema BY_MAIL = new KeySchema(List.of(new KeyAttribute("mail", Value.Type.S)), List.of());
    private static final Item PERSON = Item.of(Map.of(
            "pk", new Value.S("p"),
            "sk", new Value.N(Decimal.of(1)),
            "mail", new Value.S("m"),
            "name", new Value.S("n"),
            "age", new Value.N(Decimal.of(40))));

    private static Index index(IndexProjection projection) {
        return new Index("by-mail", Index.Scope.GLOBAL, BY_MAIL, TABLE, projection);
    }

    @Test
    void anItemWithoutTheIndexKeyHasNoEntry() {
        Item without = PERSON.only(List.of("pk", "sk", "name"));
        assertThat(index(new IndexProjection.All()).entry(without)).isEmpty();
    }

    @Test
    void anEntryCarriesTheKeysAndWhatIsProjected() {
        assertThat(index(new IndexProjection.All()).entry(PERSON)).contains(PERSON);
        assertThat(index(new IndexProjection.KeysOnly()).entry(PERSON))
                .contains(PERSON.only(List.of("pk", "sk", "mail")));
        assertThat(index(new IndexProjection.Include(List.of("name", "missing")))
                        .entry(PERSON))
                .contains(PERSON.only(List.of("pk", "sk", "mail", "name")));
    }

    @Test
    void anOldItemWhoseAttributeHasAnotherTypeHasNoEntry() {
        Item odd = PERSON.with(Item.of("mail", new Value.N(Decimal.of(1))));
        assertThat(index(new IndexProjection.All()).entry(odd)).isEmpty();
    }

    @Test
    void anOldItemWhoseAttributeIsEmptyOrTooLongForItsPartOfTheKeyHasNoEntry() {
        var key = new KeySchema(
                List.of(new KeyAttribute("mail", Value.Type.S)), List.of(new KeyAttribute("name", Value.Type.S)));
        var index = new Index("by-mail", Index.Scope.GLOBAL, key, TABLE, new IndexProjection.All());
        assertThat(index.entry(PERSON.with(sized(2_048, 1_024)))).isPresent();
        assertThat(index.entry(PERSON.with(sized(2_049, 1)))).isEmpty();
        assertThat(index.entry(PERSON.with(sized(1, 1_025)))).isEmpty();
        assertThat(index.entry(PERSON.with(sized(1, 0)))).isEmpty();
    }

    private static Item sized(int mail, int name) {
        return Item.of(Map.of("mail", new Value.S("x".repeat(mail)), "name", new Value.S("x".repeat(name))));
    }

    @Test
    void aKeyParameterHasExactlyTheKeyAttributes() {
        assertThatCode(() -> KeyRules.requireKey(TABLE, PERSON.only(List.of("pk", "sk"))))
                .doesNotThrowAnyException();
        for (Item wrong : List.of(
                PERSON.only(List.of("pk")),
                PERSON.only(List.of("pk", "sk", "mail")),
                PERSON.only(List.of("pk", "mail")),
                Item.of(Map.of("pk", new Value.S("p"), "sk", new Value.S("1"))))) {
            assertThatThrownBy(() -> KeyRules.requireKey(TABLE, wrong))
                    .hasMessage("The provided key element does not match the schema");
        }
    }

    @Test
    void aPutItemHasTheKeyWithItsTypes() {
        assertThatThrownBy(() -> KeyRules.requireKeyIn(TABLE, PERSON.only(List.of("pk"))))
                .hasMessage("One or more parameter values were invalid: Missing the key sk in the item");
        Item wrong = PERSON.with(Item.of("sk", new Value.S("1")));
        assertThatThrownBy(() -> KeyRules.requireKeyIn(TABLE, wrong))
                .hasMessage(
                        "One or more parameter values were invalid: Type mismatch for key sk expected: N actual: S");
    }

    @Test
    void keysAreNeitherEmptyNorTooLong() {
        Item empty = PERSON.with(Item.of("pk", new Value.S("")));
        assertThatThrownBy(() -> KeyRules.requireKeyIn(TABLE, empty))
                .hasMessage("One or more parameter values are not valid. The AttributeValue for a key attribute"
                        + " cannot contain an empty string value. Key: pk");
        Item longest = PERSON.with(Item.of("pk", new Value.S("x".repeat(2048))));
        assertThatCode(() -> KeyRules.requireKeyIn(TABLE, longest)).doesNotThrowAnyException();
        Item tooLong = PERSON.with(Item.of("pk", new Value.S("x".repeat(2049))));
        assertThatThrownBy(() -> KeyRules.requireKeyIn(TABLE, tooLong)).hasMessageContaining("2048 bytes");
        var bySortText = new KeySchema(TABLE.partition(), List.of(new KeyAttribute("mail", Value.Type.S)));
        Item longSort = PERSON.with(Item.of("mail", new Value.S("x".repeat(1025))));
        assertThatThrownBy(() -> KeyRules.requireKeyIn(bySortText, longSort)).hasMessageContaining("1024 bytes");
    }

    @Test
    void anIndexKeyAttributeThatIsThereHasItsType() {
        Index index = index(new IndexProjection.All());
        Item number = PERSON.with(Item.of("mail", new Value.N(Decimal.of(1))));
        assertThatThrownBy(() -> KeyRules.requireIndexKeysIn(index, number))
                .hasMessage("One or more parameter values were invalid: Type mismatch for Index Key mail"
                        + " Expected: S Actual: N IndexName: by-mail");
        Item empty = PERSON.with(Item.of("mail", new Value.S("")));
        assertThatThrownBy(() -> KeyRules.requireIndexKeysIn(index, empty))
                .hasMessage("One or more parameter values are not valid. A value specified for a secondary index key is"
                        + " not supported. The AttributeValue for a key attribute cannot contain an empty string value."
                        + " IndexName: by-mail, IndexKey: mail");
        var binary = new Index(
                "bin",
                Index.Scope.GLOBAL,
                new KeySchema(List.of(new KeyAttribute("b", Value.Type.B)), List.of()),
                TABLE,
                new IndexProjection.KeysOnly());
        Item emptyBinary = PERSON.with(Item.of("b", new Value.B(Bytes.EMPTY)));
        assertThatThrownBy(() -> KeyRules.requireIndexKeysAfterUpdate(binary, emptyBinary))
                .hasMessage("One or more parameter values are not valid. The update expression attempted to update a"
                        + " secondary index key to a value that is not supported. The AttributeValue for a key attribute"
                        + " cannot contain an empty binary value.");
    }
}
