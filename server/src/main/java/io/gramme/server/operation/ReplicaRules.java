package io.gramme.server.operation;

import io.gramme.api.CreateReplicationGroupMemberAction;
import io.gramme.api.DeleteReplicationGroupMemberAction;
import io.gramme.api.GlobalTableWitnessGroupUpdate;
import io.gramme.api.MultiRegionConsistency;
import io.gramme.api.ReplicationGroupUpdate;
import io.gramme.api.UpdateReplicationGroupMemberAction;
import io.gramme.api.UpdateTableInput;
import io.gramme.core.error.GlobalTableErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checks of an UpdateTable request for replicas of a table in other regions. The texts were captured; which of several
 * faults is named first was not.
 */
final class ReplicaRules {
    private final List<ReplicationGroupUpdate> replicas;
    private final List<GlobalTableWitnessGroupUpdate> witnesses;
    private final Optional<MultiRegionConsistency> consistency;
    private final String region;

    private ReplicaRules(UpdateTableInput request, AccountRegion accountRegion) {
        // The service merges equal elements.
        this.replicas =
                request.replicaUpdates().orElse(List.of()).stream().distinct().toList();
        this.witnesses = request.globalTableWitnessUpdates().orElse(List.of());
        this.consistency = request.multiRegionConsistency();
        this.region = accountRegion.region();
    }

    /** Whether a request has to do with replicas at all. */
    static boolean concerns(UpdateTableInput request) {
        return request.replicaUpdates().isPresent()
                || request.globalTableWitnessUpdates().isPresent();
    }

    /**
     * The checks that need no table.
     *
     * @param more whether the request changes anything else
     */
    static void require(UpdateTableInput request, AccountRegion accountRegion, boolean more) {
        if (!concerns(request)) {
            return;
        }
        if (more) {
            throw request.globalTableWitnessUpdates().isPresent()
                    ? GlobalTableErrors.replicasAndWitnessesAlone()
                    : GlobalTableErrors.replicasAlone();
        }
        var rules = new ReplicaRules(request, accountRegion);
        rules.requireOneActionEach();
        rules.requireOtherRegions();
        rules.requireConsistency();
        if (rules.consistency.isEmpty()
                && rules.added().size() + rules.removed().size() > 1) {
            throw GlobalTableErrors.severalReplicas();
        }
    }

    private void requireOneActionEach() {
        for (ReplicationGroupUpdate update : replicas) {
            long actions = Stream.of(update.create(), update.update(), update.delete(), update.disassociate())
                    .filter(Optional::isPresent)
                    .count();
            if (actions == 0) {
                throw GlobalTableErrors.noAction();
            }
            if (actions > 1) {
                throw GlobalTableErrors.severalActions();
            }
        }
    }

    private void requireOtherRegions() {
        if (added().contains(region) || removed().contains(region)) {
            throw GlobalTableErrors.ownRegion();
        }
    }

    private void requireConsistency() {
        if (!isStrong()) {
            if (!witnessesAdded().isEmpty()) {
                throw GlobalTableErrors.witnessWithoutStrong();
            }
            return;
        }
        if (added().size() != replicas.size()) {
            throw GlobalTableErrors.createsOnly();
        }
        if (new HashSet<>(added()).size() < added().size()) {
            throw GlobalTableErrors.sameRegionTwice();
        }
        if (added().size() + witnessesAdded().size() != 2 || added().isEmpty()) {
            throw GlobalTableErrors.replicaCount();
        }
        if (witnessesAdded().contains(region) || witnessesAdded().equals(added())) {
            throw GlobalTableErrors.witnessAtReplica();
        }
    }

    private boolean isStrong() {
        return consistency.filter(one -> one == MultiRegionConsistency.STRONG).isPresent();
    }

    /** The checks of a table, which is no global table yet. */
    static void require(UpdateTableInput request, AccountRegion accountRegion, Table table) {
        if (!concerns(request)) {
            return;
        }
        var rules = new ReplicaRules(request, accountRegion);
        List<String> named = Stream.concat(rules.removed().stream(), rules.updated().stream())
                .filter(one ->
                        table.global().flatMap(group -> group.replica(one)).isEmpty())
                .toList();
        if (!named.isEmpty()) {
            throw GlobalTableErrors.notReplicas(named);
        }
        if (!rules.witnessesRemoved().isEmpty()) {
            throw GlobalTableErrors.notWitnesses(rules.witnessesRemoved());
        }
        if (rules.isStrong()) {
            // Strong consistency is not built: the service's words for regions that are without it.
            throw GlobalTableErrors.regionsWithoutStrong(rules.added());
        }
        throw TableErrors.notSupported("ReplicaUpdates");
    }

    private List<String> added() {
        return replicas.stream()
                .flatMap(update -> update.create().stream())
                .map(CreateReplicationGroupMemberAction::regionName)
                .toList();
    }

    private List<String> removed() {
        return replicas.stream()
                .flatMap(update -> update.delete().stream())
                .map(DeleteReplicationGroupMemberAction::regionName)
                .toList();
    }

    private List<String> updated() {
        return replicas.stream()
                .flatMap(update -> update.update().stream())
                .map(UpdateReplicationGroupMemberAction::regionName)
                .toList();
    }

    private List<String> witnessesAdded() {
        return witnesses.stream()
                .flatMap(update -> update.create().stream())
                .map(create -> create.regionName())
                .toList();
    }

    private List<String> witnessesRemoved() {
        return witnesses.stream()
                .flatMap(update -> update.delete().stream())
                .map(delete -> delete.regionName())
                .toList();
    }
}
