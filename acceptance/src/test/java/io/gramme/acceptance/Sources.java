package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Every hand-written Java file of the project, read and parsed once; generated files are left out. */
final class Sources {

    /** One file; its path is relative to the project and has forward slashes. */
    record Source(String path, String text, CompilationUnitTree tree, SourcePositions positions) {

        boolean isMain() {
            return path.contains("/src/main/");
        }

        long firstLine(Tree node) {
            return tree.getLineMap().getLineNumber(positions.getStartPosition(tree, node));
        }

        long lastLine(Tree node) {
            return tree.getLineMap().getLineNumber(positions.getEndPosition(tree, node));
        }

        String at(Tree node) {
            return path + ":" + firstLine(node);
        }
    }

    private Sources() {}

    /** The project's directory: the parent of the module's directory, in which tests run. */
    static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    static List<Source> read() {
        try {
            return parse(files());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        try (Stream<Path> modules = Files.list(root())) {
            for (Path module : modules.filter(Files::isDirectory).toList()) {
                Path source = module.resolve("src");
                if (Files.isDirectory(source)) {
                    try (Stream<Path> all = Files.walk(source)) {
                        all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        }
        return files;
    }

    private static List<Source> parse(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, UTF_8)) {
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            var sources = new ArrayList<Source>();
            for (CompilationUnitTree tree : task.parse()) {
                Path file = Path.of(tree.getSourceFile().toUri());
                String path = root().relativize(file).toString().replace('\\', '/');
                sources.add(new Source(path, Files.readString(file), tree, positions));
            }
            return List.copyOf(sources);
        }
    }
}
