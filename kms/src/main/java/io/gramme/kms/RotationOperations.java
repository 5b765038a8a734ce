package io.gramme.kms;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.Keys;
import io.gramme.kms.key.Material;
import java.util.List;
import java.util.Map;

/** The operations on the materials of symmetric keys. A material that was rotated out still decrypts. */
final class RotationOperations {
    private static final int SHORTEST = 90;
    private static final int LONGEST = 2_560;
    private static final int DEFAULT = 365;
    private static final int MOST_ON_DEMAND = 25;
    private static final int LIST = 100;

    private final Keys keys;
    private final Targets targets;

    RotationOperations(Keys keys, Targets targets) {
        this.keys = keys;
        this.targets = targets;
    }

    Map<String, Operation> all() {
        return Map.of(
                "EnableKeyRotation", this::enable,
                "DisableKeyRotation", this::disable,
                "GetKeyRotationStatus", this::status,
                "RotateKeyOnDemand", this::rotate,
                "ListKeyRotations", this::list);
    }

    private enum Shown {
        ALL_KEY_MATERIAL,
        ROTATIONS_ONLY
    }

    private Key require(KmsCall call, Facts facts) {
        Key key = targets.require(call, targets.only(call, "KeyId"), Targets.action(call), facts);
        if (!key.isSymmetric()) {
            throw KmsErrors.unsupported(
                    key.arn() + " key spec is " + key.spec() + " which is not valid for " + call.operation() + ".");
        }
        return key;
    }

    private Document.Structure enable(KmsCall call) {
        int days = call.number("RotationPeriodInDays", SHORTEST, LONGEST).orElse(DEFAULT);
        Key key = require(call, new Facts().put("kms:RotationPeriodInDays", Integer.toString(days)));
        targets.change(key, now -> {
            Targets.requireEnabled(now);
            return now.rotatedEach(days, keys.now());
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure disable(KmsCall call) {
        Key key = require(call, new Facts());
        targets.change(key, now -> {
            Targets.requireEnabled(now);
            return now.neverRotated();
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure status(KmsCall call) {
        Key key = require(call, new Facts());
        boolean rotates = key.status().rotationDays().isPresent() && key.state() != Key.State.PENDING_DELETION;
        Output answer = Shapes.of(key).put("KeyRotationEnabled", new Document.Flag(rotates));
        if (rotates) {
            key.status().rotationDays().ifPresent(days -> answer.put("RotationPeriodInDays", new Document.Whole(days)));
            key.status().nextRotation().ifPresent(time -> answer.put("NextRotationDate", time));
        }
        return answer.done();
    }

    private Document.Structure rotate(KmsCall call) {
        Key key = require(call, new Facts());
        Material material = keys.material(key, Material.Origin.ON_DEMAND).orElseThrow(KmsErrors::noServerKey);
        targets.change(key, now -> {
            Targets.requireEnabled(now);
            if (now.rotationsOnDemand() >= MOST_ON_DEMAND) {
                throw KmsErrors.limit("A key can be rotated on demand " + MOST_ON_DEMAND + " times.");
            }
            return now.with(material);
        });
        return Shapes.of(key).done();
    }

    private Document.Structure list(KmsCall call) {
        Key key = require(call, new Facts());
        Shown shown = call.choice("IncludeKeyMaterial", Shown.class).orElse(Shown.ROTATIONS_ONLY);
        List<Document> rotations = key.materials().stream()
                .filter(one -> shown == Shown.ALL_KEY_MATERIAL || one.origin() != Material.Origin.FIRST)
                .<Document>map(one -> shape(key, one))
                .toList();
        return Shapes.listed(call, "Rotations", rotations, LIST);
    }

    private static Document.Structure shape(Key key, Material material) {
        Output shape = new Output()
                .put("KeyId", key.arn())
                .put("KeyMaterialId", material.id())
                .put("KeyMaterialState", material.equals(key.current()) ? "CURRENT" : "NON_CURRENT");
        if (material.origin() != Material.Origin.FIRST) {
            shape.put("RotationDate", material.made())
                    .put("RotationType", material.origin().name());
        }
        return shape.done();
    }
}
