package io.shopsync.couchdb.embedded.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.EcmaError;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.JavaScriptException;
import org.mozilla.javascript.NativeJSON;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.json.JsonParser;

/**
 * Runs validation functions, each compiled once, without access to Java, and no longer than {@code [couchdb]
 * os_process_timeout} (5 s). What a function throws is answered as CouchDB's QuickJS has it answered.
 */
public final class Validation {
    private static final int COMPILED = 1000;
    private static final String HELPERS = "function isArray(value) { return Array.isArray(value); }"
            + "function toJSON(value) { return JSON.stringify(value); }"
            + "function sum(values) { return values.reduce(function (a, b) { return a + b; }, 0); }"
            + "function log(message) {}";

    private final Config config;
    private final Sandbox sandbox = new Sandbox();
    private final Map<String, Script> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Script> eldest) {
            return size() > COMPILED;
        }
    };
    private ScriptableObject globals;

    public Validation(Config config) {
        this.config = config;
    }

    /** @throws CouchError 400 for a design document CouchDB would not take */
    public void checkDesign(ObjectNode body) {
        DesignFields.check(body);
        if (body.path("language").asText("javascript").equals("javascript")) {
            body.path("views").properties().stream()
                    .filter(view -> view.getValue().path("map").isTextual())
                    .forEach(view ->
                            checkMap(view.getKey(), view.getValue().path("map").textValue()));
        }
    }

    private void checkMap(String view, String source) {
        Context context = sandbox.enterContext();
        try {
            context.compileString("(" + expression(source) + ")", "map", 1, null);
        } catch (RhinoException e) {
            throw new CouchError(
                    400,
                    "compilation_error",
                    "Compilation of the map function in the '" + view + "' view failed: " + e.details() + " (" + source
                            + ")");
        } finally {
            Context.exit();
        }
    }

    /**
     * Asks one function.
     *
     * @param document as it would be, with {@code _id} and {@code _revisions}
     * @param previous the revision it builds on, or null
     * @param user {@code {"db":…,"name":…,"roles":[…]}}
     * @throws CouchError what the function threw, or why it could not run
     */
    public void check(String source, ObjectNode document, ObjectNode previous, ObjectNode user, ObjectNode security) {
        Context context = sandbox.enterContext();
        try {
            Sandbox.allow(context, config.number("couchdb", "os_process_timeout", 5000));
            Scriptable scope = context.newObject(globals(context));
            scope.setPrototype(globals);
            scope.setParentScope(null);
            Function function = function(context, scope, source);
            function.call(context, scope, scope, new Object[] {
                value(context, scope, document),
                value(context, scope, previous),
                value(context, scope, user),
                value(context, scope, security)
            });
        } catch (JavaScriptException e) {
            throw thrown(context, e);
        } catch (EcmaError e) {
            throw new CouchError(500, e.getName(), "{[]}");
        } catch (Sandbox.OutOfTime e) {
            throw new CouchError(500, "os_process_error", "OS process timed out.");
        } catch (RhinoException | StackOverflowError e) {
            throw new CouchError(500, "InternalError", "{[]}");
        } finally {
            Context.exit();
        }
    }

    /** Made afresh for each call: a function may change what it is given. */
    private static Object value(Context context, Scriptable scope, JsonNode json) {
        try {
            return json == null ? null : new JsonParser(context, scope).parseValue(json.toString());
        } catch (JsonParser.ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized ScriptableObject globals(Context context) {
        if (globals == null) {
            ScriptableObject made = context.initSafeStandardObjects(null, true);
            context.evaluateString(made, HELPERS, "helpers", 1, null);
            made.sealObject();
            globals = made;
        }
        return globals;
    }

    private Function function(Context context, Scriptable scope, String source) {
        Object value;
        try {
            value = script(context, source).exec(context, scope, scope);
        } catch (RhinoException e) {
            throw new CouchError(500, "compilation_error", e.details() + " (" + source + ")");
        }
        if (value instanceof Function function) {
            return function;
        }
        throw new CouchError(500, "compilation_error", "Expression does not eval to a function. (" + source + ")");
    }

    private Script script(Context context, String source) {
        synchronized (compiled) {
            return compiled.computeIfAbsent(
                    source, text -> context.compileString("(" + expression(text) + ")", "validate", 1, null));
        }
    }

    private static String expression(String source) {
        String stripped = source.strip();
        while (stripped.endsWith(";")) {
            stripped = stripped.substring(0, stripped.length() - 1).strip();
        }
        return stripped;
    }

    private static CouchError thrown(Context context, JavaScriptException e) {
        if (!(e.getValue() instanceof Scriptable value)) {
            return unknown();
        }
        JsonNode json = Json.parse(String.valueOf(NativeJSON.stringify(context, value, value, null, null)));
        if (json.size() == 1 && json.has("forbidden")) {
            return new CouchError(403, "forbidden", json.get("forbidden"));
        }
        if (json.size() == 1 && json.has("unauthorized")) {
            return new CouchError(401, "unauthorized", json.get("unauthorized"));
        }
        return value.getClassName().equals("Error")
                ? new CouchError(500, String.valueOf(ScriptableObject.getProperty(value, "name")), "{[]}")
                : unknown();
    }

    private static CouchError unknown() {
        return new CouchError(500, "unknown_error", "function_clause");
    }
}
