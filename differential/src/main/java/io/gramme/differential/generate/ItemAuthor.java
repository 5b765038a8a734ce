package io.gramme.differential.generate;

import java.util.List;

/** The author of a game about items: single items, reads of many, and batches. */
final class ItemAuthor implements Author {
    /** The percentage of spoilt requests. */
    private static final int SPOILT_PERCENT = 35;

    private final Luck luck;
    private final ItemRequests items;
    private final ReadRequests reads;
    private final Faults faults;

    ItemAuthor(Luck luck) {
        this.luck = luck;
        var values = new Values(luck);
        this.items = new ItemRequests(luck, values);
        this.reads = new ReadRequests(luck, values, items);
        this.faults = new Faults(luck, values);
    }

    @Override
    public Move put(TableModel table) {
        return items.put(table);
    }

    @Override
    public Move next(List<TableModel> tables) {
        Move move = valid(tables);
        if (luck.chance(SPOILT_PERCENT)) {
            faults.spoil(move, luck.of(tables));
            if (luck.chance(10)) {
                faults.spoil(move, luck.of(tables));
            }
        }
        return move;
    }

    private Move valid(List<TableModel> tables) {
        TableModel table = luck.of(tables);
        return switch (luck.below(20)) {
            case 0, 1 -> items.get(table);
            case 2, 3, 4, 5 -> items.put(table);
            case 6, 7, 8, 9, 10 -> items.update(table);
            case 11, 12 -> items.delete(table);
            case 13, 14, 15 -> reads.query(table);
            case 16, 17 -> reads.scan(table);
            case 18 -> items.batchGet(tables);
            default -> items.batchWrite(tables);
        };
    }
}
