package io.gramme.differential.generate;

import java.util.List;

/** The author of a game about transactions and statements, with single writes between them. */
final class TransactionAuthor implements Author {
    private static final int SPOILT_PERCENT = 25;

    private final Luck luck;
    private final ItemRequests items;
    private final TransactionRequests transactions;
    private final StatementRequests statements;
    private final StructureFaults structure;
    private final StatementFaults texts;

    TransactionAuthor(Luck luck) {
        this.luck = luck;
        var values = new Values(luck);
        this.items = new ItemRequests(luck, values);
        this.transactions = new TransactionRequests(luck, items, new Faults(luck, values));
        this.statements = new StatementRequests(luck, values, items);
        this.structure = new StructureFaults(luck);
        this.texts = new StatementFaults(luck, values);
    }

    @Override
    public Move put(TableModel table) {
        return items.put(table);
    }

    @Override
    public Move next(List<TableModel> tables) {
        boolean spoils = luck.chance(SPOILT_PERCENT);
        TableModel table = luck.of(tables);
        Move move = switch (luck.below(12)) {
            case 0 -> items.put(table);
            case 1, 2, 3 -> transactions.write(tables, spoils);
            case 4 -> transactions.get(tables, spoils);
            case 5 -> statements.batch(tables);
            case 6, 7 -> statements.transaction(tables);
            default -> statements.execute(table);
        };
        if (spoils && move.operation().startsWith("Transact")) {
            if (luck.chance(15)) {
                structure.spoil(move.body());
            }
        } else if (spoils) {
            texts.spoil(move.body());
        }
        return move;
    }
}
