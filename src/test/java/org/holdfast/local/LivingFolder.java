// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder in which a running server makes and removes files, while somebody looks at them. Thread-safe. */
public final class LivingFolder {
    private LivingFolder() {}

    /** Something done to each file, which may be gone by then. */
    public interface Look {
        void at(Path file) throws IOException;
    }

    /**
     * Looks at every regular file below a folder. A file or folder that vanishes meanwhile is passed over, by the walk and by the look.
     *
     * @throws IOException any other failure: a file that cannot be read was not looked at
     */
    public static void forEachFile(Path folder, Look look) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                if (about.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                return passOver(why);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path walked, @Nullable IOException why) throws IOException {
                return why == null ? FileVisitResult.CONTINUE : passOver(why);
            }
        });
        for (Path file : files) {
            try {
                look.at(file);
            } catch (NoSuchFileException gone) {
                // PostgreSQL removes what it no longer needs.
            }
        }
    }

    private static FileVisitResult passOver(IOException why) throws IOException {
        if (why instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw why;
    }
}
