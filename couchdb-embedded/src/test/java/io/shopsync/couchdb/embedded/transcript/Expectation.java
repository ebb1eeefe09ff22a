package io.shopsync.couchdb.embedded.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Compares an answer with the recorded one. {@code <<any>>} stands for anything, {@code <<rev>>} and
 * {@code <<rev N>>} for a revision (of generation N), {@code <<seq>>} for an update sequence, which CouchDB may leave
 * {@code null} (between intervals of {@code seq_interval}, after a purge); all else stands to the letter, whatever the
 * order of an object's members.
 */
final class Expectation {

    private static final Pattern PLACEHOLDER = Pattern.compile("<<(any|seq|rev(?: (\\d+))?)>>");
    private static final Pattern REVISION = Pattern.compile("(\\d+)-[0-9a-f]{32}");
    private static final Pattern SEQUENCE = Pattern.compile("\\d+(-.+)?");

    private Expectation() {}

    /** Where and how {@code actual} differs, one line each; empty where it matches. */
    static List<String> differences(JsonNode expected, JsonNode actual) {
        var found = new ArrayList<String>();
        compare("$", expected, actual, found);
        return found;
    }

    private static void compare(String at, JsonNode expected, JsonNode actual, List<String> found) {
        if (expected.isTextual() && expected.textValue().startsWith("<<")) {
            if (!fits(expected.textValue(), actual)) {
                found.add(at + ": expected " + expected + " but was " + actual);
            }
        } else if (expected.isObject() && actual.isObject()) {
            var names = new TreeSet<String>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> member(at + "." + name, expected.get(name), actual.get(name), found));
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(at + "[" + i + "]", expected.get(i), actual.get(i), found);
            }
        } else if (!expected.equals(actual)) {
            found.add(at + ": expected " + expected + " but was " + actual);
        }
    }

    private static void member(String at, JsonNode expected, JsonNode actual, List<String> found) {
        if (actual == null) {
            found.add(at + ": is missing, expected " + expected);
        } else if (expected == null) {
            found.add(at + ": was not expected, but is " + actual);
        } else {
            compare(at, expected, actual, found);
        }
    }

    private static boolean fits(String placeholder, JsonNode actual) {
        var kind = PLACEHOLDER.matcher(placeholder);
        if (!kind.matches()) {
            throw new IllegalArgumentException("unknown placeholder " + placeholder);
        }
        if (kind.group(1).equals("any")) {
            return true;
        }
        var text = actual.isTextual() ? actual.textValue() : "";
        if (kind.group(1).equals("seq")) {
            return actual.isNull()
                    || actual.isIntegralNumber()
                    || SEQUENCE.matcher(text).matches();
        }
        var revision = REVISION.matcher(text);
        return revision.matches() && (kind.group(2) == null || kind.group(2).equals(revision.group(1)));
    }
}
