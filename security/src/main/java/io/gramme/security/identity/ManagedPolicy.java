package io.gramme.security.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A policy with a name of its own, which users, groups and roles attach.
 *
 * @param versions at least one, the oldest first
 * @param defaultVersion the number of the one that is in force
 * @param lastVersion the highest number that was given to a version
 * @param attachments how many users, groups and roles have it attached
 * @param boundaries how many users and roles have it as their boundary
 */
public record ManagedPolicy(
        Label label,
        Optional<String> description,
        Instant updated,
        List<Version> versions,
        int defaultVersion,
        int lastVersion,
        int attachments,
        int boundaries) {

    /** @param number from 1, shown as {@code v1} */
    public record Version(int number, String text, Instant created) {
        public String id() {
            return "v" + number;
        }
    }

    public ManagedPolicy {
        versions = List.copyOf(versions);
    }

    public static ManagedPolicy of(Label label, Optional<String> description, String text) {
        return new ManagedPolicy(
                label, description, label.created(), List.of(new Version(1, text, label.created())), 1, 1, 0, 0);
    }

    public Version inForce() {
        return version("v" + defaultVersion)
                .orElseThrow(() -> new IllegalStateException("a policy without its default version: " + label.arn()));
    }

    public Optional<Version> version(String id) {
        return versions.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    public ManagedPolicy with(Label changed) {
        return new ManagedPolicy(
                changed, description, updated, versions, defaultVersion, lastVersion, attachments, boundaries);
    }

    public ManagedPolicy with(List<Version> changed, int newDefault, int newLast, Instant now) {
        return new ManagedPolicy(label, description, now, changed, newDefault, newLast, attachments, boundaries);
    }

    public ManagedPolicy used(int moreAttachments, int moreBoundaries) {
        return new ManagedPolicy(
                label,
                description,
                updated,
                versions,
                defaultVersion,
                lastVersion,
                attachments + moreAttachments,
                boundaries + moreBoundaries);
    }
}
