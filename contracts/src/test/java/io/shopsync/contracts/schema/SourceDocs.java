package io.shopsync.contracts.schema;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SimpleDocTreeVisitor;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.ToolProvider;

/** What the Javadoc of the sources says of a type and of a record's components, so that it is written once. */
final class SourceDocs {

    private final Map<String, String> texts = new HashMap<>();

    /** Reads every source under {@code folder}. */
    static SourceDocs read(Path folder) {
        var docs = new SourceDocs();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var paths = Files.walk(folder)) {
            var sources = files.getJavaFileObjectsFromPaths(
                    paths.filter(path -> path.toString().endsWith(".java")).toList());
            var task = (JavacTask) compiler.getTask(null, files, null, List.of(), null, sources);
            var trees = DocTrees.instance(task);
            for (var unit : task.parse()) {
                docs.new Scanner(trees, String.valueOf(unit.getPackageName())).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the sources under " + folder, e);
        }
        return docs;
    }

    /** The first sentence about a type. */
    Optional<String> of(Class<?> type) {
        return Optional.ofNullable(texts.get(type.getCanonicalName()));
    }

    /** The description of a record's component ({@code @param}), a constant or a field. */
    Optional<String> of(Class<?> type, String component) {
        return Optional.ofNullable(texts.get(type.getCanonicalName() + '#' + component));
    }

    private final class Scanner extends TreePathScanner<Void, Void> {

        private final DocTrees trees;
        private String enclosing;

        Scanner(DocTrees trees, String packageName) {
            this.trees = trees;
            this.enclosing = packageName;
        }

        @Override
        public Void visitClass(ClassTree node, Void unused) {
            var outer = enclosing;
            enclosing = outer + '.' + node.getSimpleName();
            remember(enclosing, trees.getDocCommentTree(getCurrentPath()));
            super.visitClass(node, null);
            enclosing = outer;
            return null;
        }

        @Override
        public Void visitVariable(VariableTree node, Void unused) {
            remember(enclosing + '#' + node.getName(), trees.getDocCommentTree(getCurrentPath()));
            return null;
        }

        @Override
        public Void visitMethod(MethodTree node, Void unused) {
            return null;
        }
    }

    private void remember(String name, DocCommentTree comment) {
        if (comment == null) {
            return;
        }
        texts.put(name, plain(comment.getFirstSentence()));
        for (var tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree param) {
                texts.put(name + '#' + param.getName(), plain(param.getDescription()));
            }
        }
    }

    private static String plain(List<? extends DocTree> body) {
        var text = new StringBuilder();
        body.forEach(part -> text.append(part.accept(PLAIN, null)));
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    private static final SimpleDocTreeVisitor<String, Void> PLAIN = new SimpleDocTreeVisitor<>("") {
        @Override
        public String visitText(TextTree node, Void unused) {
            return node.getBody();
        }

        @Override
        public String visitLiteral(LiteralTree node, Void unused) {
            return '`' + node.getBody().getBody() + '`';
        }

        @Override
        public String visitLink(LinkTree node, Void unused) {
            return node.getLabel().isEmpty() ? node.getReference().getSignature() : plain(node.getLabel());
        }
    };
}
