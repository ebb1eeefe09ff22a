package io.shopsync.couchdb.embedded.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;

/** JSON as values of a script, made afresh for each call: a function may change what it is given. */
final class ScriptValues {
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private ScriptValues() {}

    /** Scripts look numbers up as numbers, whatever they were written as. */
    private static void put(Scriptable object, String name, Object value) {
        if (INDEX.matcher(name).matches()) {
            object.put(Integer.parseInt(name), object, value);
        } else {
            object.put(name, object, value);
        }
    }

    /** @param json null becomes {@code null} */
    static Object of(Context context, Scriptable scope, JsonNode json) {
        if (json == null) {
            return null;
        }
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Scriptable object = context.newObject(scope);
                json.properties().forEach(member -> {
                    Object value = of(context, scope, member.getValue());
                    put(object, member.getKey(), value);
                });
                yield object;
            }
            case ARRAY ->
                context.newArray(
                        scope,
                        json.valueStream().map(item -> of(context, scope, item)).toArray());
            case STRING -> json.textValue();
            case NUMBER -> json.doubleValue();
            case BOOLEAN -> json.booleanValue();
            default -> null;
        };
    }
}
