package io.gramme.scaling;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A quantity that auto scaling may change, and its bounds.
 *
 * @param uid a part of its ARN
 * @param unenforced whether the bounds have changed and the capacity has not been brought between them yet
 * @param change a change of the capacity that is under way
 */
public record ScalableTarget(
        TargetId id,
        String uid,
        long min,
        long max,
        Suspended suspended,
        Map<String, String> tags,
        Instant created,
        boolean unenforced,
        Optional<Change> change) {

    /** Which kinds of scaling are suspended. */
    public record Suspended(boolean in, boolean out, boolean scheduled) {
        public static final Suspended NONE = new Suspended(false, false, false);
    }

    /** A change of capacity that was accepted and has not settled. */
    record Change(ScalingActivity activity, long units) {}

    public ScalableTarget {
        tags = Map.copyOf(tags);
    }

    public String arn() {
        return "arn:aws:application-autoscaling:" + id.owner().region() + ":"
                + id.owner().account() + ":scalable-target/" + uid;
    }

    /** The role that the service uses for tables; every account has it. */
    public String roleArn() {
        return "arn:aws:iam::" + id.owner().account()
                + ":role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/"
                + "AWSServiceRoleForApplicationAutoScaling_DynamoDBTable";
    }

    boolean hasBoundsOf(ScalableTarget other) {
        return min == other.min && max == other.max;
    }

    /** With other bounds, which are to be enforced. */
    ScalableTarget withBounds(long newMin, long newMax) {
        return new ScalableTarget(id, uid, newMin, newMax, suspended, tags, created, true, change);
    }

    ScalableTarget with(Suspended other) {
        return new ScalableTarget(id, uid, min, max, other, tags, created, unenforced, change);
    }

    ScalableTarget withTags(Map<String, String> others) {
        return new ScalableTarget(id, uid, min, max, suspended, others, created, unenforced, change);
    }

    ScalableTarget enforced() {
        return new ScalableTarget(id, uid, min, max, suspended, tags, created, false, change);
    }

    ScalableTarget with(Optional<Change> other) {
        return new ScalableTarget(id, uid, min, max, suspended, tags, created, unenforced, other);
    }
}
