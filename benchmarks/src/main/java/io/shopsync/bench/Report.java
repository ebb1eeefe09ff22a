package io.shopsync.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints figures, as they come, in the form that all benchmarks share; numbers look the same in every locale. */
public final class Report {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final PrintWriter out;

    public Report(PrintWriter out) {
        this.out = out;
    }

    /** Says what comes next. */
    public void heading(String text) {
        out.println(text);
        out.flush();
    }

    /** One figure. */
    public void line(String what, String figure) {
        out.printf(Locale.ROOT, "  %-34s %s%n", what, figure);
        out.flush();
    }

    /**
     * A rate.
     *
     * @param unit what was counted, such as {@code shops}
     */
    public void rate(String what, Rate rate, String unit) {
        line(what, perSecond(rate.perSecond(), unit) + " (" + rate.count() + " in " + text(rate.time()) + ')');
    }

    /** The middle and the worst of many. */
    public void latencies(String what, Latencies latencies) {
        line(what, "p50 " + text(latencies.median()) + ", p99 " + text(latencies.percentile(99)));
    }

    /** The last line: what we reach of what is possible. */
    public void ratio(double ratio) {
        out.printf(Locale.ROOT, "ratio %.2f%n", ratio);
        out.flush();
    }

    /** So many a second. */
    public static String perSecond(double rate, String unit) {
        return String.format(Locale.ROOT, rate < 100 ? "%.1f" : "%.0f", rate) + ' ' + unit + "/s";
    }

    /** A time in the unit that suits it. */
    public static String text(Duration time) {
        double millis = time.toNanos() / NANOS_PER_MILLI;
        return millis < MILLIS_PER_SECOND
                ? String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.2f s", millis / MILLIS_PER_SECOND);
    }
}
