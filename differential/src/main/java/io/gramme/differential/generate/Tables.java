package io.gramme.differential.generate;

import io.gramme.differential.generate.TableModel.IndexModel;
import io.gramme.differential.generate.TableModel.KeyAttribute;
import io.gramme.differential.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random tables. Index keys are {@code k0} to {@code k3}, so that indexes share attributes. */
public final class Tables {
    /** The prefix of every table name, by which the tables of an interrupted run can be found. */
    public static final String PREFIX = "gramme-differential-";

    /** The name of a table that does not exist. */
    static final String MISSING = PREFIX + "missing";

    private final Luck luck;

    public Tables(Luck luck) {
        this.luck = luck;
    }

    /** @param letter distinguishes the tables of a game */
    public static String name(long seed, char letter) {
        return PREFIX + seed + "-" + letter;
    }

    static String arn(String name) {
        return "arn:aws:dynamodb:" + Request.REGION + ":" + Request.ACCOUNT + ":table/" + name;
    }

    public TableModel table(String name) {
        var hash = new KeyAttribute("pk", luck.of("S", "S", "N", "B"));
        Optional<KeyAttribute> range =
                luck.chance(70) ? Optional.of(new KeyAttribute("sk", luck.of("S", "N", "B"))) : Optional.empty();
        List<KeyAttribute> keys = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            keys.add(new KeyAttribute("k" + i, luck.of("S", "N", "B")));
        }
        var indexes = new ArrayList<IndexModel>();
        int globals = luck.below(3);
        for (int i = 0; i < globals; i++) {
            indexes.add(global("gsi" + i, keys, range));
        }
        if (range.isPresent()) {
            int locals = luck.below(3);
            for (int i = 0; i < locals; i++) {
                indexes.add(index("lsi" + i, true, List.of(hash), List.of(keys.get(2 + i))));
            }
        }
        return new TableModel(name, hash, range, indexes, luck.chance(30));
    }

    private IndexModel global(String name, List<KeyAttribute> keys, Optional<KeyAttribute> sort) {
        List<KeyAttribute> shuffled = luck.some(keys, keys.size());
        if (luck.chance(15)) {
            int hashes = luck.between(1, 2);
            return index(name, false, shuffled.subList(0, hashes), shuffled.subList(hashes, luck.between(hashes, 4)));
        }
        List<KeyAttribute> range = new ArrayList<>();
        if (luck.chance(65)) {
            range.add(sort.filter(_ -> luck.chance(20)).orElse(shuffled.get(1)));
        }
        return index(name, false, List.of(shuffled.getFirst()), range);
    }

    private IndexModel index(String name, boolean local, List<KeyAttribute> hash, List<KeyAttribute> range) {
        String projection = luck.of("KEYS_ONLY", "INCLUDE", "ALL");
        List<String> nonKey =
                projection.equals("INCLUDE") ? luck.some(Values.ATTRIBUTES, luck.between(1, 4)) : List.of();
        return new IndexModel(name, local, hash, range, projection, nonKey);
    }
}
