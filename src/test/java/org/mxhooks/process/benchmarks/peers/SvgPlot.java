package org.mxhooks.process.benchmarks.peers;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Deliveries per second as bars, with the lowest and the highest round. */
record SvgPlot(Results results) {

    private static final int WIDTH = 900;
    private static final int ROW = 34;
    private static final int TOP = 40;
    private static final int LEFT = 330;
    private static final int RIGHT = 90;
    private static final int BAR = 18;

    String text() {
        Map<String, String> contenders = results.contenders();
        double highest = contenders.keySet().stream()
                .mapToDouble(letter -> Results.max(results.perSecond(letter)))
                .max()
                .orElseThrow();
        StringBuilder svg = new StringBuilder(format("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" font-family="sans-serif" font-size="13">
                <title>Deliveries per second</title>
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="10" y="24" font-size="15">Deliveries per second: median, lowest and highest round</text>
                """, WIDTH, TOP + ROW * contenders.size() + 10));
        int y = TOP;
        for (Map.Entry<String, String> contender : contenders.entrySet()) {
            svg.append(row(
                    "(%s) %s".formatted(contender.getKey(), contender.getValue()),
                    results.perSecond(contender.getKey()),
                    y,
                    (WIDTH - LEFT - RIGHT) / highest));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String row(String label, List<Double> rounds, int y, double scale) {
        double median = Results.median(rounds);
        int middle = y + ROW / 2;
        return format(
                """
                <text x="%s" y="%s" text-anchor="end">%s</text>
                <rect x="%s" y="%s" width="%.1f" height="%s" fill="%s"/>
                <path d="M%.1f %s H%.1f" stroke="black"/>
                <text x="%.1f" y="%s">%.0f</text>
                """,
                LEFT - 8,
                middle + 5,
                label,
                LEFT,
                middle - BAR / 2,
                median * scale,
                BAR,
                label.contains("mxhooks") ? "#1f6feb" : "#b6c2cf",
                LEFT + Results.min(rounds) * scale,
                middle,
                LEFT + Results.max(rounds) * scale,
                LEFT + Results.max(rounds) * scale + 6,
                middle + 5,
                median);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
