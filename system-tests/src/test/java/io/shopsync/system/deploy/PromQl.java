package io.shopsync.system.deploy;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a PromQL expression is about. */
public final class PromQl {

    /** What holds no metric's name: texts, matchers, ranges, and the labels that are grouped and joined by. */
    private static final Pattern NO_METRICS = Pattern.compile("\\{(?:[^}\"]|\"[^\"]*\")*}|\"[^\"]*\"|\\[[^]]*]"
            + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\\boffset\\s+\\w+");

    /** A name that is no function's. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "by", "without", "inf", "nan");

    private PromQl() {}

    /** The names of the metrics that an expression reads. */
    public static Set<String> metrics(String expression) {
        var names = new TreeSet<String>();
        var rest = NO_METRICS.matcher(expression).replaceAll(" ");
        var found = NAME.matcher(rest);
        while (found.find()) {
            if (!OPERATORS.contains(found.group())) {
                names.add(found.group());
            }
        }
        return names;
    }
}
