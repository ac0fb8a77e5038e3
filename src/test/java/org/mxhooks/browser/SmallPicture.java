package org.mxhooks.browser;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A picture for the documentation: a page has few colours, so 256 do, in a quarter of the bytes. */
final class SmallPicture {

    private static final int COLOURS = 256;

    private SmallPicture() {}

    static void write(byte[] png, Path file) throws IOException {
        BufferedImage full = ImageIO.read(new ByteArrayInputStream(png));
        int width = full.getWidth();
        int[] pixels = full.getRGB(0, 0, width, full.getHeight(), null, 0, width);
        BufferedImage small = new BufferedImage(
                width,
                full.getHeight(),
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, COLOURS, palette(pixels), 0, false, -1, DataBuffer.TYPE_BYTE));
        small.setRGB(0, 0, width, full.getHeight(), pixels, 0, width);
        Files.createDirectories(file.getParent());
        ImageIO.write(small, "png", file.toFile());
    }

    /** The most frequent colours. */
    private static int[] palette(int[] pixels) {
        Map<Integer, Long> uses = IntStream.of(pixels).boxed().collect(groupingBy(pixel -> pixel, counting()));
        List<Integer> frequent = uses.entrySet().stream()
                .sorted(comparing(Map.Entry<Integer, Long>::getValue, Comparator.reverseOrder()))
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
        return IntStream.range(0, COLOURS)
                .map(i -> frequent.get(Math.min(i, frequent.size() - 1)))
                .toArray();
    }
}
