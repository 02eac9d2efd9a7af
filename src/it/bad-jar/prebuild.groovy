import java.nio.file.Files
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

// It begins as jars do, and has lost its end, where the list of its files is.
def bytes = new ByteArrayOutputStream()
new ZipOutputStream(bytes).withCloseable { jar ->
    jar.putNextEntry(new ZipEntry('greeting.txt'))
    jar.write('Hello'.bytes)
}
def target = Files.createDirectories(new File(basedir, 'target').toPath())
Files.write(target.resolve('damaged.jar'), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 40))
true
