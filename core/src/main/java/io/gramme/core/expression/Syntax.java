package io.gramme.core.expression;

import java.util.List;

/** The syntax tree of an expression, before its placeholders are bound. It depends on the text alone. */
final class Syntax {
    private Syntax() {}

    /** The content of parentheses in a condition; only the text after them shows which of the two it is. */
    sealed interface Phrase {}

    /** An expression that is true or false. */
    sealed interface Test extends Phrase {}

    record All(List<Test> tests) implements Test {
        All {
            tests = List.copyOf(tests);
        }
    }

    record Any(List<Test> tests) implements Test {
        Any {
            tests = List.copyOf(tests);
        }
    }

    record Negation(Test inner) implements Test {}

    record Comparison(Operand left, Relation relation, Operand right) implements Test {}

    record Between(Operand operand, Operand low, Operand high) implements Test {}

    record In(Operand operand, List<Operand> candidates) implements Test {
        In {
            candidates = List.copyOf(candidates);
        }
    }

    /** An expression that has a value. */
    sealed interface Operand extends Phrase, Source {}

    record ValueAlias(String alias) implements Operand {}

    record DocumentPath(List<Part> parts) implements Operand {
        DocumentPath {
            parts = List.copyOf(parts);
        }
    }

    /** A call of a function: a test if it is alone in a condition, an operand everywhere else. */
    record Call(String function, List<Operand> operands) implements Operand, Test {
        Call {
            operands = List.copyOf(operands);
        }
    }

    sealed interface Part {}

    record Name(String name) implements Part {}

    record NameAlias(String alias) implements Part {}

    record Element(String digits) implements Part {}

    /** An expression that SET may assign. */
    sealed interface Source {}

    record Arithmetic(Operand left, Sign sign, Operand right) implements Source {}

    enum Sign {
        PLUS,
        MINUS
    }

    /** One clause of an update. */
    sealed interface Section {
        String keyword();
    }

    record SetSection(List<Assignment> assignments) implements Section {
        SetSection {
            assignments = List.copyOf(assignments);
        }

        @Override
        public String keyword() {
            return "SET";
        }
    }

    record RemoveSection(List<DocumentPath> paths) implements Section {
        RemoveSection {
            paths = List.copyOf(paths);
        }

        @Override
        public String keyword() {
            return "REMOVE";
        }
    }

    record AddSection(List<Operation> operations) implements Section {
        AddSection {
            operations = List.copyOf(operations);
        }

        @Override
        public String keyword() {
            return "ADD";
        }
    }

    record DeleteSection(List<Operation> operations) implements Section {
        DeleteSection {
            operations = List.copyOf(operations);
        }

        @Override
        public String keyword() {
            return "DELETE";
        }
    }

    record Assignment(DocumentPath target, Source source) {}

    record Operation(DocumentPath target, ValueAlias operand) {}
}
