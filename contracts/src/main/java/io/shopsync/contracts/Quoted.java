package io.shopsync.contracts;

/** Shows a refused value in a message without letting it flood or break a log line. */
final class Quoted {

    private static final int SHOWN = 60;

    private Quoted() {}

    static String of(String value) {
        var shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
