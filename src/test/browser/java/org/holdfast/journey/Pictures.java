// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.journey;

import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages as pictures where {@code -Dholdfast.pictures=FOLDER} asks for it: the upper part of each into the folder, for the README,
 * and the whole page with its source into {@code target/pictures}, to look at. Few colours, because a page has few.
 */
final class Pictures {
    private static final Path WHOLE = Path.of("target/pictures");
    private static final int COLOURS = 128;
    private static final int DESK_HEIGHT = 900;
    private static final int PHONE_HEIGHT = 740;

    private final @Nullable Path folder;

    private Pictures(@Nullable Path folder) {
        this.folder = folder;
    }

    static Pictures asked() {
        String name = System.getProperty("holdfast.pictures", "");
        return new Pictures(name.isEmpty() ? null : Path.of(name));
    }

    void keep(Page page, String name) {
        if (folder == null) {
            return;
        }
        byte[] whole = page.screenshot(new Page.ScreenshotOptions().setFullPage(true));
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(whole));
            write(image, WHOLE, name);
            Files.writeString(WHOLE.resolve(name + ".html"), page.content());
            int most = image.getWidth() < 600 ? PHONE_HEIGHT : DESK_HEIGHT;
            write(image.getSubimage(0, 0, image.getWidth(), Math.min(most, image.getHeight())), folder, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(BufferedImage image, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name + ".png");
        Files.deleteIfExists(file);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(0);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(fewColours(image), null, null), settings);
        } finally {
            writer.dispose();
        }
    }

    /** The most frequent colours stay, every other one becomes its nearest neighbour among them. */
    private static BufferedImage fewColours(BufferedImage image) {
        Map<Integer, Integer> count = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count.merge(image.getRGB(x, y) & 0xffffff, 1, Integer::sum);
            }
        }
        List<Integer> kept = count.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
        byte[][] parts = new byte[3][kept.size()];
        for (int i = 0; i < kept.size(); i++) {
            parts[0][i] = (byte) (kept.get(i) >> 16);
            parts[1][i] = (byte) (kept.get(i) >> 8);
            parts[2][i] = (byte) (int) kept.get(i);
        }
        IndexColorModel model = new IndexColorModel(8, kept.size(), parts[0], parts[1], parts[2]);
        BufferedImage small =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int colour = image.getRGB(x, y) & 0xffffff;
                small.getRaster().setSample(x, y, 0, nearest.computeIfAbsent(colour, c -> nearest(c, kept)));
            }
        }
        return small;
    }

    private static int nearest(int colour, List<Integer> kept) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < kept.size(); i++) {
            int distance = distance(colour, kept.get(i));
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private static int distance(int a, int b) {
        int sum = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int difference = (a >> shift & 0xff) - (b >> shift & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
