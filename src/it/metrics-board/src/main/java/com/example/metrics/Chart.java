package com.example.metrics;

import static java.util.stream.Collectors.joining;

import com.example.metrics.Burndown.Day;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** A burn-down chart in SVG, with one step for each day. */
record Chart(String title, List<Day> days) {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 300;
    private static final int MARGIN = 40;

    String svg() {
        int maxOpen = Math.max(1, days.stream().mapToInt(Day::open).max().orElse(1));
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$s %2$s" font-family="sans-serif" font-size="12">
                <rect width="%1$s" height="%2$s" fill="white"/>
                <text x="%3$s" y="24" font-size="16">%4$s</text>
                <text x="%6$s" y="24" text-anchor="end">open stories</text>
                <path d="M%3$s %3$s V%5$s H%6$s" fill="none" stroke="gray"/>
                <text x="%7$s" y="%8$s" text-anchor="end">%9$s</text>
                <text x="%7$s" y="%5$s" text-anchor="end">0</text>
                <polyline points="%10$s" fill="none" stroke="steelblue" stroke-width="2"/>
                %11$s
                </svg>
                """.formatted(
                        WIDTH,
                        HEIGHT,
                        MARGIN,
                        title,
                        HEIGHT - MARGIN,
                        WIDTH - MARGIN,
                        MARGIN - 6,
                        MARGIN + 4,
                        maxOpen,
                        days.stream().map(day -> x(day) + "," + y(day, maxOpen)).collect(joining(" ")),
                        days.stream().map(day -> dot(day, maxOpen)).collect(joining("\n")));
    }

    private String dot(Day day, int maxOpen) {
        return String.format(Locale.ROOT, """
                <circle cx="%1$s" cy="%2$s" r="4" fill="steelblue"/>
                <text x="%1$s" y="%3$s" text-anchor="middle">%4$td.%4$tm.</text>""", x(day), y(day, maxOpen), HEIGHT - MARGIN + 18, day.date());
    }

    private long x(Day day) {
        long all = Math.max(
                13,
                ChronoUnit.DAYS.between(
                        days.get(0).date(), days.get(days.size() - 1).date()));
        return MARGIN + 20 + ChronoUnit.DAYS.between(days.get(0).date(), day.date()) * (WIDTH - 2 * MARGIN - 40) / all;
    }

    private static long y(Day day, int maxOpen) {
        return HEIGHT - MARGIN - (long) day.open() * (HEIGHT - 2 * MARGIN) / maxOpen;
    }
}
