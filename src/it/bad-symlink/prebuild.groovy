import java.nio.file.Files

// A working copy on a system without symbolic links could not hold it.
def outside = new File(basedir.parentFile, 'outside.txt').toPath()
Files.writeString(outside, 'not part of the project')
def link = new File(basedir, 'src/main/resources/outside.txt').toPath()
Files.createDirectories(link.parent)
Files.deleteIfExists(link)
Files.createSymbolicLink(link, outside)
true
