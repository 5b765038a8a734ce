package io.gramme.kms.key;

import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deletes keys whose waiting period has ended, with their aliases and grants, and rotates keys whose rotation is due. */
public final class KeySweep implements BackgroundJob.Pass {
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Keys keys;

    public KeySweep(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Duration run() {
        var due = new ArrayList<Key>();
        Instant now = keys.now();
        keys.store().sweep(key -> {
            if (key.isGone(now) || key.isRotationDue(now)) {
                // Without the policy and the materials: there may be many.
                due.add(key.withMaterials(List.of()).withPolicy(""));
            }
        });
        for (Key key : due) {
            if (key.isGone(now)) {
                delete(key);
            } else {
                rotate(key, now);
            }
        }
        return IDLE;
    }

    /** The key last: a pass that ends early is repeated. */
    private void delete(Key key) {
        KeyStore store = keys.store();
        for (Alias alias : store.aliasesOf(key.home(), key.id())) {
            store.change(key.home(), key.id(), edit -> {
                // It may have been given to another key.
                if (edit.alias(alias.name())
                        .filter(now -> now.keyId().equals(key.id()))
                        .isPresent()) {
                    edit.deleteAlias(alias.name());
                }
                return true;
            });
        }
        for (Grant grant : store.grantsOf(key.home(), key.id())) {
            store.change(key.home(), key.id(), edit -> {
                edit.deleteGrant(key.id(), grant.id());
                return true;
            });
        }
        store.change(key.home(), key.id(), edit -> {
            edit.deleteKey(key.id());
            return true;
        });
    }

    private void rotate(Key key, Instant now) {
        Optional<Material> material = keys.material(key, Material.Origin.AUTOMATIC);
        material.ifPresent(fresh -> keys.store().change(key.home(), key.id(), edit -> {
            edit.key(key.id())
                    .filter(current -> current.isRotationDue(now))
                    .ifPresent(current -> edit.put(current.with(fresh)
                            .rotatedEach(current.status().rotationDays().orElseThrow(), now)));
            return true;
        }));
    }
}
