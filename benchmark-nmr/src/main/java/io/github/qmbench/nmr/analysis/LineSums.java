package io.github.qmbench.nmr.analysis;

/**
 * What a line needs to know of its points: how many there are, and their sums. Shifts and shieldings are from the means of all
 * points, so that differences keep their digits. For one thread.
 */
final class LineSums {

    private double meanShift;
    private double meanShielding;
    private double n;
    private double x;
    private double y;
    private double xx;
    private double xy;

    /** Returns the sums of each molecule. */
    static LineSums[] byMolecule(PointsByMolecule points) {
        double shift = 0;
        double shielding = 0;
        for (int i = 0; i < points.size(); i++) {
            shift += points.shift(i) / points.size();
            shielding += points.shielding(i) / points.size();
        }
        LineSums[] sums = new LineSums[points.molecules().size()];
        for (int molecule = 0; molecule < sums.length; molecule++) {
            sums[molecule] = new LineSums();
            sums[molecule].meanShift = shift;
            sums[molecule].meanShielding = shielding;
            for (int i = points.begin(molecule); i < points.end(molecule); i++) {
                sums[molecule].add(points.shift(i), points.shielding(i), 1);
            }
        }
        return sums;
    }

    /** Forgets all points. */
    void clear() {
        n = 0;
        x = 0;
        y = 0;
        xx = 0;
        xy = 0;
    }

    /** Becomes the sums of the first without so many times the second. */
    void difference(LineSums first, LineSums second, int times) {
        meanShift = first.meanShift;
        meanShielding = first.meanShielding;
        n = first.n - times * second.n;
        x = first.x - times * second.x;
        y = first.y - times * second.y;
        xx = first.xx - times * second.xx;
        xy = first.xy - times * second.xy;
    }

    /** Adds points so many times. */
    void add(LineSums other, int times) {
        meanShift = other.meanShift;
        meanShielding = other.meanShielding;
        n += times * other.n;
        x += times * other.x;
        y += times * other.y;
        xx += times * other.xx;
        xy += times * other.xy;
    }

    /** Adds a point so many times; a negative number takes it away. */
    void add(double shift, double shielding, int times) {
        double dx = shift - meanShift;
        double dy = shielding - meanShielding;
        n += times;
        x += times * dx;
        y += times * dy;
        xx += times * dx * dx;
        xy += times * dx * dy;
    }

    double n() {
        return n;
    }

    /** The slope of {@code shielding = m * shift + b}; not a number where all shifts are equal. */
    double m() {
        double spread = xx - x * x / n;
        return spread > xx * 1e-12 ? (xy - x * y / n) / spread : Double.NaN;
    }

    /** The other parameter of the line with this slope. */
    double b(double m) {
        return (y - m * x) / n + meanShielding - m * meanShift;
    }
}
