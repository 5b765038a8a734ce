package io.gramme.server.operation;

import io.gramme.api.JobDescription;
import io.gramme.api.ListJobsInput;
import io.gramme.api.ListJobsOutput;
import io.gramme.core.error.JobErrors;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gramme extension: lists the jobs of an account and region, the newest first. */
public final class ListJobs implements Handler<ListJobsInput, ListJobsOutput> {
    private static final int MOST = 100;

    private final Jobs jobs;

    public ListJobs(Jobs jobs) {
        this.jobs = jobs;
    }

    /** The last job of a page, by what orders the jobs: so the next page begins right even if that job is forgotten. */
    private record Marker(long created, String id) {
        private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-([0-9a-f-]{1,64})");

        private static Marker of(Job job) {
            return new Marker(job.created().toEpochMilli(), job.id());
        }

        private static Marker parse(String token) {
            Matcher matcher = TEXT.matcher(token);
            if (!matcher.matches()) {
                throw JobErrors.invalidToken();
            }
            return new Marker(Long.parseLong(matcher.group(1)), matcher.group(2));
        }

        private boolean isBefore(Job job) {
            Marker other = of(job);
            return other.created < created || (other.created == created && other.id.compareTo(id) < 0);
        }

        private String text() {
            return created + "-" + id;
        }
    }

    @Override
    public ListJobsOutput handle(ListJobsInput request, RequestContext context) {
        Optional<Marker> after = request.nextToken().map(Marker::parse);
        Optional<String> table = request.tableName()
                .map(given -> TableName.parse(context.accountRegion(), given).name());
        List<Job> found = jobs.all().stream()
                .filter(job -> JobDescriptions.isOf(job, context.accountRegion()))
                .filter(job ->
                        table.isEmpty() || table.get().equals(job.subject().table()))
                .filter(job -> request.state().isEmpty()
                        || request.state().get().toString().equals(job.state().name()))
                .filter(job -> after.isEmpty() || after.get().isBefore(job))
                .toList();
        List<Job> page = found.subList(0, Math.min(request.limit().orElse(MOST), found.size()));
        List<JobDescription> shown = page.stream()
                .map(job -> JobDescriptions.of(job, jobs.counters(job)))
                .toList();
        return ListJobsOutput.builder()
                .jobs(shown)
                .nextToken(
                        page.size() < found.size()
                                ? Optional.of(Marker.of(page.getLast()).text())
                                : Optional.empty())
                .build();
    }
}
