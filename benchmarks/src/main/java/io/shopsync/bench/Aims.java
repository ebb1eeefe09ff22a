package io.shopsync.bench;

import java.util.Locale;

/** Prints figures beside what is aimed at, and remembers the weakest. */
public final class Aims {

    private final Report report;
    private double weakest = Double.MAX_VALUE;

    public Aims(Report report) {
        this.report = report;
    }

    /** A rate that is to be at least so high. */
    public void atLeast(String what, Rate rate, String unit, double aim) {
        print(what, Report.perSecond(rate.perSecond(), unit), "at least " + Report.perSecond(aim, unit));
        weakest = Math.min(weakest, rate.perSecond() / aim);
    }

    /** An amount that is to be less than so much. */
    public void lessThan(String what, double amount, String unit, double aim) {
        print(what, text(amount) + ' ' + unit, "less than " + text(aim) + ' ' + unit);
        weakest = Math.min(weakest, aim / amount);
    }

    private void print(String what, String figure, String aim) {
        report.line(what, figure + " (aim: " + aim + ")");
    }

    private static String text(double amount) {
        return String.format(Locale.ROOT, amount < 10 ? "%.1f" : "%.0f", amount);
    }

    /** What is reached of the aim that is furthest away; 1 or more where all are reached. */
    public double weakest() {
        return weakest;
    }
}
