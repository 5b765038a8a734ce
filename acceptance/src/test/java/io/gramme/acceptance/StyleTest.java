package io.gramme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import io.gramme.acceptance.Sources.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of style that a program can check. Each message names the place and says what to write instead. */
class StyleTest {
    private static final int METHOD_LINES = 70;
    private static final int FILE_LINES = 500;

    private static final Set<String> EMPTY_WORDS = Set.of("Util", "Utils", "Helper", "Helpers", "Manager", "Impl");
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z][a-z0-9]*");
    private static final Pattern LOOSE_END = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!\\(#\\d+\\))");
    private static final Pattern BANNED_WORD =
            Pattern.compile("\\b(whoever|whatever|nobody|somebody|lest)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern PRINTING = Pattern.compile("System\\.(out|err)\\b|\\.printStackTrace\\(\\)");

    /** The two places that catch every exception: the wire and the background job. */
    private static final List<String> RIMS = List.of("io/gramme/http/", "io/gramme/tables/job/BackgroundJob.java");

    private static final List<String> PRINTERS = List.of("cli/", "benchmark/", "microbenchmark/", "differential/");

    /**
     * The tags that the profile {@code quick} knows: needs Cassandra, needs a client in another language, takes
     * seconds.
     */
    private static final Set<String> TAGS = Set.of("cluster", "client", "slow");

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([^\"]*)\"\\)");

    /** What starts Cassandra nodes for a test. */
    private static final Pattern NODES = Pattern.compile("\\b(TestKeyspace|SharedCluster|TwoServers)\\b");

    private static final List<Source> SOURCES = Sources.read();

    private static void noneBreaks(BiConsumer<Source, Consumer<String>> rule) {
        var complaints = new ArrayList<String>();
        SOURCES.forEach(source -> rule.accept(source, complaints::add));
        assertThat(complaints).isEmpty();
    }

    /** Calls {@code visitor} for each node of a kind in the file, at any depth. */
    private static <T extends Tree> void each(Source source, Class<T> kind, Consumer<T> visitor) {
        new TreeScanner<Void, Void>() {
            @Override
            public Void scan(Tree node, Void nothing) {
                if (kind.isInstance(node)) {
                    visitor.accept(kind.cast(node));
                }
                return super.scan(node, null);
            }
        }.scan(source.tree(), null);
    }

    @Test
    void theSourcesAreThere() {
        assertThat(SOURCES).hasSizeGreaterThan(50);
        assertThat(SOURCES).anyMatch(source -> source.path().endsWith("io/gramme/acceptance/StyleTest.java"));
    }

    @Test
    void aMethodFitsAScreen() {
        noneBreaks((source, complain) -> each(source, MethodTree.class, method -> {
            long lines = source.lastLine(method) - source.firstLine(method) + 1;
            if (lines > METHOD_LINES) {
                complain.accept(source.at(method) + " " + method.getName() + " has " + lines
                        + " lines, which is more than " + METHOD_LINES
                        + ": move the parts that have a name of their own into methods of that name");
            }
        }));
    }

    @Test
    void aFileHoldsOneIdea() {
        noneBreaks((source, complain) -> {
            long lines = source.text().lines().count();
            if (lines > FILE_LINES) {
                complain.accept(source.path() + " has " + lines + " lines, which is more than " + FILE_LINES
                        + ": it holds two ideas, give each its own file");
            }
        });
    }

    @Test
    void aNameSaysWhatAThingIs() {
        noneBreaks((source, complain) -> each(source, ClassTree.class, type -> {
            Matcher words = WORD.matcher(type.getSimpleName());
            while (words.find()) {
                if (EMPTY_WORDS.contains(words.group())) {
                    complain.accept(source.at(type) + " " + type.getSimpleName() + ": '" + words.group()
                            + "' says nothing; name what it is or what it knows");
                }
            }
        }));
    }

    @Test
    void aLooseEndHasANumber() {
        noneBreaks((source, complain) -> {
            if (!source.path().endsWith("StyleTest.java")
                    && LOOSE_END.matcher(source.text()).find()) {
                complain.accept(source.path() + " leaves a loose end: finish it, or open an issue and write TODO(#12)");
            }
        });
    }

    @Test
    void mainSourcesArePlainTechnicalEnglish() {
        noneBreaks((source, complain) -> {
            if (!source.isMain()) {
                return;
            }
            Matcher found = BANNED_WORD.matcher(source.text());
            while (found.find()) {
                long line = source.tree().getLineMap().getLineNumber(found.start());
                complain.accept(source.path() + ":" + line + " says '" + found.group()
                        + "': name the thing that acts (the reader, the caller, the server), say 'any' or 'no one'"
                        + " for a thing that is not named, and 'so that ... not' for 'lest'");
            }
        });
    }

    @Test
    void faultsAreCaughtAtTheRimsAlone() {
        Predicate<Source> elsewhere = source -> source.isMain() && RIMS.stream().noneMatch(source.path()::contains);
        noneBreaks((source, complain) -> each(source, CatchTree.class, caught -> {
            String type = caught.getParameter().getType().toString();
            if (elsewhere.test(source) && (type.equals("Exception") || type.equals("Throwable"))) {
                complain.accept(source.at(caught) + " catches every " + type
                        + ": catch the types that this code can handle; the wire and background jobs catch the rest");
            }
        }));
    }

    @Test
    void nothingIsPrintedButByTheCommand() {
        noneBreaks((source, complain) -> {
            if (source.isMain()
                    && PRINTERS.stream().noneMatch(source.path()::startsWith)
                    && PRINTING.matcher(source.text()).find()) {
                complain.accept(source.path() + " prints: log it (System.Logger), or answer it");
            }
        });
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> marked = new HashSet<>();
        for (Source source : SOURCES) {
            if (source.path().endsWith("/package-info.java") && source.text().contains("@NullMarked")) {
                marked.add(directory(source));
            }
        }
        noneBreaks((source, complain) -> {
            if (source.isMain() && !marked.contains(directory(source))) {
                complain.accept(
                        source.path() + " lies in a package that is not @NullMarked: write its package-info.java");
            }
        });
    }

    private static String directory(Source source) {
        return source.path().substring(0, source.path().lastIndexOf('/'));
    }

    @Test
    void aTestIsFoundByItsName() {
        noneBreaks((source, complain) -> {
            String name = source.path().substring(source.path().lastIndexOf('/') + 1);
            if (!name.endsWith("Test.java") && !name.endsWith("Contract.java")) {
                each(source, AnnotationTree.class, annotation -> {
                    String type = annotation.getAnnotationType().toString();
                    if (type.equals("Test") || type.equals("ParameterizedTest")) {
                        complain.accept(source.at(annotation) + " is a test that is never run: name the file"
                                + " ...Test, or ...Contract if other tests inherit it");
                    }
                });
            }
        });
    }

    @Test
    void aTestHasTagsThatTheQuickProfileKnows() {
        noneBreaks((source, complain) -> {
            Matcher tags = TAG.matcher(source.text());
            while (tags.find()) {
                if (!TAGS.contains(tags.group(1))) {
                    complain.accept(source.path() + " has the tag '" + tags.group(1) + "': the profile 'quick' knows "
                            + "only 'cluster', 'client' and 'slow'");
                }
            }
        });
    }

    @Test
    void aTestOfAClusterIsTagged() {
        noneBreaks((source, complain) -> {
            if (source.path().endsWith("Test.java")
                    && !source.path().endsWith("/StyleTest.java")
                    && NODES.matcher(source.text()).find()
                    && !source.text().contains("@Tag(\"cluster\")")) {
                complain.accept(source.path() + " starts Cassandra nodes: add @Tag(\"cluster\"), "
                        + "so that scripts/check leaves it out");
            }
        });
    }
}
