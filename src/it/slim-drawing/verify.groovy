import io.slimimage.it.BuiltImages
import io.slimimage.it.ContainerSettings

import javax.imageio.ImageIO

BuiltImages.of(basedir, 'slimimage-it/slim-drawing').withCloseable { images ->
    images.areSlim()
    images.serve('PORT', ContainerSettings.onHostNetwork().withReadOnlyFiles()).withCloseable { application ->
        def facts = application.facts('/')
        assert facts.headless == 'true'
        assert facts.fonts.toInteger() > 0
        assert facts.width.toInteger() in 60..95
        assert facts.glyph == 'true'
        assert facts.jpeg == '200x100'

        def picture = ImageIO.read(new ByteArrayInputStream(application.bytes('/picture')))
        assert [picture.width, picture.height] == [200, 100]
        assert (picture.getRGB(50, 50) & 0xffffff) == 0xff0000
        // How much of the columns from one to another is black: an empty box in place of a letter would be far less.
        def ink = { int from, int to ->
            (from..<to).sum { x -> (0..<100).count { y -> (picture.getRGB(x, y) & 0xffffff) < 0x404040 } }
        }
        assert ink(0, 100) == 0
        assert ink(105, 105 + facts.width.toInteger()) in 400..1500
        application.end()
    }
}
true
