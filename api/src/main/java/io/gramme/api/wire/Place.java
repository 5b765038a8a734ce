package io.gramme.api.wire;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The location of a member in a request. Ordered as the model orders members, a container before its content. */
record Place(List<Step> steps) implements Comparable<Place> {

    sealed interface Step {
        int order();
    }

    record ToMember(String name, int order) implements Step {}

    record ToElement(int order) implements Step {}

    record ToEntry(String key, int order) implements Step {}

    Place {
        steps = List.copyOf(steps);
    }

    /** Whether this is {@code other} or lies inside it. */
    boolean isUnder(Place other) {
        if (steps.size() < other.steps.size()) {
            return false;
        }
        for (int i = 0; i < other.steps.size(); i++) {
            if (!isSame(steps.get(i), other.steps.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A repeated entry is at another position in the document, and is still the same entry. */
    private static boolean isSame(Step one, Step other) {
        if (one instanceof ToEntry(String key, int _) && other instanceof ToEntry(String otherKey, int _)) {
            return key.equals(otherKey);
        }
        return one.equals(other);
    }

    /** Whether this is an element of a list or an entry of a map. */
    boolean isPart() {
        return !steps.isEmpty() && !(steps.getLast() instanceof ToMember);
    }

    /** The members alone, as the model spells them, without the entries: {@code RequestItems.Keys}. */
    String members() {
        return steps.stream()
                .filter(ToMember.class::isInstance)
                .map(step -> ((ToMember) step).name())
                .collect(Collectors.joining("."));
    }

    /** Whether this is a member of the request itself. */
    boolean isTopMember() {
        return steps.size() == 1;
    }

    /** Members as the model spells them: {@code TransactItems.1.member.Put.TableName}. */
    String text() {
        return text(false);
    }

    /** Members with their first letter lowered, and that one only: {@code sSESpecification.kMSMasterKeyId}. */
    String loweredText() {
        return text(true);
    }

    private String text(boolean lowered) {
        var text = new StringBuilder();
        for (Step step : steps) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            switch (step) {
                case ToMember(String name, int _) -> text.append(lowered ? lower(name) : name);
                case ToElement(int order) -> text.append(order + 1).append(".member");
                case ToEntry(String key, int _) -> text.append(key).append(".member");
            }
        }
        return text.toString();
    }

    private static String lower(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    @Override
    public int compareTo(Place other) {
        Iterator<Step> mine = steps.iterator();
        Iterator<Step> theirs = other.steps.iterator();
        while (mine.hasNext() && theirs.hasNext()) {
            int order = Integer.compare(mine.next().order(), theirs.next().order());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(steps.size(), other.steps.size());
    }
}
