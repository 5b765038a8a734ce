package io.gramme.security.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Patterns of ARNs, which have six parts with colons between them; the last is the rest, colons and all. */
final class ArnGlob {
    private final List<int[]> parts = new ArrayList<>(Arn.PARTS);

    private ArnGlob(int[] symbols) {
        int begin = 0;
        for (int at = 0; at < symbols.length && parts.size() < Arn.PARTS - 1; at++) {
            if (symbols[at] == ':') {
                parts.add(Arrays.copyOfRange(symbols, begin, at));
                begin = at + 1;
            }
        }
        parts.add(Arrays.copyOfRange(symbols, begin, symbols.length));
    }

    /**
     * As in the conditions of a statement: each part matches alone. A pattern of fewer parts matches nothing.
     *
     * @param symbols of the pattern: characters, and wildcards of {@link Glob}
     */
    static Predicate<Arn> inCondition(int[] symbols) {
        List<Glob> globs = new ArnGlob(symbols).parts.stream().map(Glob::new).toList();
        return arn -> globs.size() == Arn.PARTS && arn.isComplete() && matchesEach(globs, arn);
    }

    private static boolean matchesEach(List<Glob> globs, Arn arn) {
        for (int i = 0; i < Arn.PARTS; i++) {
            if (!globs.get(i).matches(arn.part(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * As in the resources of a statement: a star that ends a part goes on over the parts that follow, as the IAM guide
     * says; another wildcard of the first five parts matches no colon.
     */
    static Glob inResource(int[] symbols) {
        var pattern = new ArnGlob(symbols);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < pattern.parts.size(); i++) {
            int[] part = pattern.parts.get(i);
            boolean last = i == pattern.parts.size() - 1;
            for (int at = 0; at < part.length; at++) {
                boolean open = last || (at == part.length - 1 && part[at] == Glob.ANY);
                all.add(open ? part[at] : inPart(part[at]));
            }
            if (!last) {
                all.add((int) ':');
            }
        }
        return new Glob(all.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int inPart(int symbol) {
        return switch (symbol) {
            case Glob.ANY -> Glob.ANY_IN_PART;
            case Glob.ONE -> Glob.ONE_IN_PART;
            default -> symbol;
        };
    }

    /** Whether a pattern of resources can match an ARN: it has six parts, or a star that stands for the missing ones. */
    static boolean isResource(int[] symbols) {
        var pattern = new ArnGlob(symbols);
        return pattern.parts.size() == Arn.PARTS
                || pattern.parts.stream().anyMatch(part -> part.length > 0 && part[part.length - 1] == Glob.ANY);
    }
}
