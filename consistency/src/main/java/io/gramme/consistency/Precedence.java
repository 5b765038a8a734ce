package io.gramme.consistency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A graph of the operations and the constraints between them. An order that respects all constraints exists unless the
 * graph has a cycle.
 */
final class Precedence {
    /** Bounds the search for the shortest cycle where very many operations are entangled. */
    private static final long PATIENCE = 20_000_000;

    private final List<Operation> operations;
    private final List<List<Edge>> edges = new ArrayList<>();

    Precedence(List<Operation> operations) {
        this.operations = operations;
        operations.forEach(_ -> edges.add(new ArrayList<>(4)));
    }

    void add(Edge edge) {
        edges.get(edge.first()).add(edge);
    }

    /**
     * Adds that an operation that ended comes before one that began later. Not pair by pair, which would be many: each
     * end is a moment, a node of its own after that of the previous end; an operation comes before its end, and after
     * the last end before its begin.
     */
    void addRealTime() {
        List<Integer> byEnd = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i).end() != Operation.NEVER) {
                byEnd.add(i);
            }
        }
        byEnd.sort(Comparator.comparingLong(i -> operations.get(i).end()));
        long[] ends = byEnd.stream().mapToLong(i -> operations.get(i).end()).toArray();
        for (int moment = 0; moment < ends.length; moment++) {
            edges.add(new ArrayList<>(2));
            addRealTime(byEnd.get(moment), moment(moment));
            if (moment > 0) {
                addRealTime(moment(moment - 1), moment(moment));
            }
        }
        for (int i = 0; i < operations.size(); i++) {
            int ended = endedBefore(ends, operations.get(i).begin());
            if (ended > 0) {
                addRealTime(moment(ended - 1), i);
            }
        }
    }

    private void addRealTime(int first, int second) {
        add(new Edge(first, second, Edge.RealTime.ENDED_BEFORE));
    }

    private int moment(int index) {
        return operations.size() + index;
    }

    private boolean isMoment(int node) {
        return node >= operations.size();
    }

    private static int endedBefore(long[] ends, long begin) {
        int low = 0;
        int high = ends.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] < begin) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** For each strongly connected set of operations, the shortest cycle in it, without the moments. */
    List<List<Edge>> cycles() {
        return new Knots(edges).find().stream().map(this::shortestCycle).toList();
    }

    private List<Edge> shortestCycle(int[] knot) {
        var inside = new boolean[edges.size()];
        long size = 0;
        for (int node : knot) {
            inside[node] = true;
            size += 1 + edges.get(node).size();
        }
        Optional<List<Edge>> best = Optional.empty();
        long tries = Math.max(1, PATIENCE / size);
        for (int node : knot) {
            if (isMoment(node)) {
                continue;
            }
            List<Edge> cycle = cycleThrough(node, inside);
            if (best.isEmpty() || cycle.size() < best.get().size()) {
                best = Optional.of(cycle);
            }
            if (--tries == 0 || cycle.size() == 2) {
                break;
            }
        }
        return best.orElseThrow();
    }

    /** Breadth first; moments do not count as steps. */
    private List<Edge> cycleThrough(int start, boolean[] inside) {
        var reachedBy = new Edge[edges.size()];
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        while (reachedBy[start] == null) {
            for (Edge edge : edges.get(open.removeFirst())) {
                int next = edge.second();
                if (inside[next] && reachedBy[next] == null) {
                    reachedBy[next] = edge;
                    if (isMoment(next)) {
                        open.addFirst(next);
                    } else {
                        open.addLast(next);
                    }
                }
            }
        }
        List<Edge> path = new ArrayList<>();
        int node = start;
        do {
            path.add(reachedBy[node]);
            node = reachedBy[node].first();
        } while (node != start);
        Collections.reverse(path);
        return withoutMoments(path);
    }

    private List<Edge> withoutMoments(List<Edge> path) {
        List<Edge> cycle = new ArrayList<>();
        int before = path.getFirst().first();
        for (Edge edge : path) {
            if (!isMoment(edge.second())) {
                cycle.add(new Edge(before, edge.second(), edge.reason()));
                before = edge.second();
            }
        }
        return cycle;
    }

    /** The strongly connected components of more than one node, by Tarjan's algorithm, without recursion. */
    private static final class Knots {
        private final List<List<Edge>> edges;
        private final int[] index;
        private final int[] low;
        private final int[] nextEdge;
        private final boolean[] onStack;
        private final Deque<Integer> stack = new ArrayDeque<>();
        private final List<int[]> found = new ArrayList<>();
        private int met;

        Knots(List<List<Edge>> edges) {
            this.edges = edges;
            this.index = new int[edges.size()];
            this.low = new int[edges.size()];
            this.nextEdge = new int[edges.size()];
            this.onStack = new boolean[edges.size()];
            Arrays.fill(index, -1);
        }

        List<int[]> find() {
            for (int node = 0; node < index.length; node++) {
                if (index[node] < 0) {
                    explore(node);
                }
            }
            return found;
        }

        private void explore(int root) {
            Deque<Integer> path = new ArrayDeque<>();
            enter(root, path);
            while (!path.isEmpty()) {
                int node = path.peekLast();
                if (nextEdge[node] < edges.get(node).size()) {
                    int next = edges.get(node).get(nextEdge[node]++).second();
                    if (index[next] < 0) {
                        enter(next, path);
                    } else if (onStack[next]) {
                        low[node] = Math.min(low[node], index[next]);
                    }
                } else {
                    path.removeLast();
                    leave(node);
                    if (!path.isEmpty()) {
                        low[path.peekLast()] = Math.min(low[path.peekLast()], low[node]);
                    }
                }
            }
        }

        private void enter(int node, Deque<Integer> path) {
            index[node] = met;
            low[node] = met++;
            stack.addLast(node);
            onStack[node] = true;
            path.addLast(node);
        }

        private void leave(int node) {
            if (low[node] != index[node]) {
                return;
            }
            List<Integer> knot = new ArrayList<>();
            int member;
            do {
                member = stack.removeLast();
                onStack[member] = false;
                knot.add(member);
            } while (member != node);
            if (knot.size() > 1) {
                found.add(knot.stream().mapToInt(Integer::intValue).toArray());
            }
        }
    }
}
