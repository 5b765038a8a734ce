package io.gramme.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The target tracking policy of a scalable target. A target has one at most.
 *
 * @param uid a part of its ARN
 * @param alarms the parts of the names of its alarms that differ, one for each {@link Alarm}
 * @param history what it did lately
 */
public record ScalingPolicy(
        TargetId id,
        String uid,
        String name,
        Tracking tracking,
        List<String> alarms,
        Instant created,
        History history) {

    /**
     * What to aim at.
     *
     * @param targetPercent the part of the capacity that is to be consumed, in percent
     * @param outCooldown seconds after an increase in which only a larger one follows; negative values mean none
     * @param inCooldown seconds after a decrease in which no other follows
     */
    public record Tracking(
            double targetPercent, OptionalInt outCooldown, OptionalInt inCooldown, Optional<Boolean> disableIn) {}

    /**
     * The last changes that a policy made, as far as cool-downs depend on them.
     *
     * @param added how many units the last increase added
     * @param outAgain when to try again after an increase was refused
     * @param inAgain when to try again after a decrease was refused
     */
    public record History(
            Optional<Instant> out,
            long added,
            Optional<Instant> in,
            Optional<Instant> outAgain,
            Optional<Instant> inAgain) {
        public static final History NONE =
                new History(Optional.empty(), 0, Optional.empty(), Optional.empty(), Optional.empty());

        /** An increase ends the cool-down of the last decrease. */
        History increased(Instant now, long units) {
            return new History(Optional.of(now), units, Optional.empty(), Optional.empty(), inAgain);
        }

        History decreased(Instant now) {
            return new History(out, added, Optional.of(now), outAgain, Optional.empty());
        }

        History increaseRefused(Instant again) {
            return new History(out, added, in, Optional.of(again), inAgain);
        }

        History decreaseRefused(Instant again) {
            return new History(out, added, in, outAgain, Optional.of(again));
        }
    }

    /** The alarms by which the service follows a target; here they are names only. */
    public enum Alarm {
        HIGH("AlarmHigh", 0),
        LOW("AlarmLow", 1),
        PROVISIONED_HIGH("ProvisionedCapacityHigh", 2),
        PROVISIONED_LOW("ProvisionedCapacityLow", 3);

        private final String word;

        /** Its place among the ids of a policy's alarms. */
        private final int place;

        Alarm(String word, int place) {
            this.word = word;
            this.place = place;
        }
    }

    public ScalingPolicy {
        alarms = List.copyOf(alarms);
    }

    public String arn() {
        return "arn:aws:autoscaling:" + id.owner().region() + ":" + id.owner().account() + ":scalingPolicy:" + uid
                + ":resource/dynamodb/" + id.resourceId() + ":policyName/" + name;
    }

    public String alarmName(Alarm alarm) {
        return "TargetTracking-" + id.resourceId() + "-" + alarm.word + "-" + alarms.get(alarm.place);
    }

    public String alarmArn(Alarm alarm) {
        return "arn:aws:cloudwatch:" + id.owner().region() + ":" + id.owner().account() + ":alarm:" + alarmName(alarm);
    }

    ScalingPolicy with(Tracking other) {
        return new ScalingPolicy(id, uid, name, other, alarms, created, history);
    }

    ScalingPolicy with(History newer) {
        return new ScalingPolicy(id, uid, name, tracking, alarms, created, newer);
    }
}
