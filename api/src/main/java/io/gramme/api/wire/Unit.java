package io.gramme.api.wire;

/** The output of an operation without a response: written as an empty body. */
public record Unit() {
    public static final Structure<Unit> SHAPE = new Json();

    private static final class Json extends Structure<Unit> {
        Json() {
            super("Unit");
        }

        @Override
        protected Unit unpack(Slots slots) {
            return new Unit();
        }

        @Override
        protected void pack(Unit unit, Slots slots) {}
    }
}
