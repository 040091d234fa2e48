package io.github.qmbench.nmr;

import java.util.Optional;

/** The chemical elements, in the order of their atomic numbers; a constant's name is the element's symbol. */
public enum Element {
    /** Hydrogen. */
    H,
    /** Helium. */
    He,
    /** Lithium. */
    Li,
    /** Beryllium. */
    Be,
    /** Boron. */
    B,
    /** Carbon. */
    C,
    /** Nitrogen. */
    N,
    /** Oxygen. */
    O,
    /** Fluorine. */
    F,
    /** Neon. */
    Ne,
    /** Sodium. */
    Na,
    /** Magnesium. */
    Mg,
    /** Aluminium. */
    Al,
    /** Silicon. */
    Si,
    /** Phosphorus. */
    P,
    /** Sulfur. */
    S,
    /** Chlorine. */
    Cl,
    /** Argon. */
    Ar,
    /** Potassium. */
    K,
    /** Calcium. */
    Ca,
    /** Scandium. */
    Sc,
    /** Titanium. */
    Ti,
    /** Vanadium. */
    V,
    /** Chromium. */
    Cr,
    /** Manganese. */
    Mn,
    /** Iron. */
    Fe,
    /** Cobalt. */
    Co,
    /** Nickel. */
    Ni,
    /** Copper. */
    Cu,
    /** Zinc. */
    Zn,
    /** Gallium. */
    Ga,
    /** Germanium. */
    Ge,
    /** Arsenic. */
    As,
    /** Selenium. */
    Se,
    /** Bromine. */
    Br,
    /** Krypton. */
    Kr,
    /** Rubidium. */
    Rb,
    /** Strontium. */
    Sr,
    /** Yttrium. */
    Y,
    /** Zirconium. */
    Zr,
    /** Niobium. */
    Nb,
    /** Molybdenum. */
    Mo,
    /** Technetium. */
    Tc,
    /** Ruthenium. */
    Ru,
    /** Rhodium. */
    Rh,
    /** Palladium. */
    Pd,
    /** Silver. */
    Ag,
    /** Cadmium. */
    Cd,
    /** Indium. */
    In,
    /** Tin. */
    Sn,
    /** Antimony. */
    Sb,
    /** Tellurium. */
    Te,
    /** Iodine. */
    I,
    /** Xenon. */
    Xe,
    /** Caesium. */
    Cs,
    /** Barium. */
    Ba,
    /** Lanthanum. */
    La,
    /** Cerium. */
    Ce,
    /** Praseodymium. */
    Pr,
    /** Neodymium. */
    Nd,
    /** Promethium. */
    Pm,
    /** Samarium. */
    Sm,
    /** Europium. */
    Eu,
    /** Gadolinium. */
    Gd,
    /** Terbium. */
    Tb,
    /** Dysprosium. */
    Dy,
    /** Holmium. */
    Ho,
    /** Erbium. */
    Er,
    /** Thulium. */
    Tm,
    /** Ytterbium. */
    Yb,
    /** Lutetium. */
    Lu,
    /** Hafnium. */
    Hf,
    /** Tantalum. */
    Ta,
    /** Tungsten. */
    W,
    /** Rhenium. */
    Re,
    /** Osmium. */
    Os,
    /** Iridium. */
    Ir,
    /** Platinum. */
    Pt,
    /** Gold. */
    Au,
    /** Mercury. */
    Hg,
    /** Thallium. */
    Tl,
    /** Lead. */
    Pb,
    /** Bismuth. */
    Bi,
    /** Polonium. */
    Po,
    /** Astatine. */
    At,
    /** Radon. */
    Rn,
    /** Francium. */
    Fr,
    /** Radium. */
    Ra,
    /** Actinium. */
    Ac,
    /** Thorium. */
    Th,
    /** Protactinium. */
    Pa,
    /** Uranium. */
    U,
    /** Neptunium. */
    Np,
    /** Plutonium. */
    Pu,
    /** Americium. */
    Am,
    /** Curium. */
    Cm,
    /** Berkelium. */
    Bk,
    /** Californium. */
    Cf,
    /** Einsteinium. */
    Es,
    /** Fermium. */
    Fm,
    /** Mendelevium. */
    Md,
    /** Nobelium. */
    No,
    /** Lawrencium. */
    Lr,
    /** Rutherfordium. */
    Rf,
    /** Dubnium. */
    Db,
    /** Seaborgium. */
    Sg,
    /** Bohrium. */
    Bh,
    /** Hassium. */
    Hs,
    /** Meitnerium. */
    Mt,
    /** Darmstadtium. */
    Ds,
    /** Roentgenium. */
    Rg,
    /** Copernicium. */
    Cn,
    /** Nihonium. */
    Nh,
    /** Flerovium. */
    Fl,
    /** Moscovium. */
    Mc,
    /** Livermorium. */
    Lv,
    /** Tennessine. */
    Ts,
    /** Oganesson. */
    Og;

    private static final Element[] ALL = values();

    /** {@return the number of protons, from 1} */
    public int atomicNumber() {
        return ordinal() + 1;
    }

    /** {@return the symbol as chemists write it: {@code Cl}} */
    public String symbol() {
        return name();
    }

    /**
     * {@return the element of a symbol, in any spelling of case: {@code cl}, {@code CL}}
     *
     * @param symbol one or two letters
     */
    public static Optional<Element> ofSymbol(String symbol) {
        for (Element element : ALL) {
            if (element.name().equalsIgnoreCase(symbol.trim())) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the element with this atomic number; empty when it is not from 1 to 118}
     *
     * @param number the number of protons
     */
    public static Optional<Element> ofAtomicNumber(int number) {
        return number >= 1 && number <= ALL.length ? Optional.of(ALL[number - 1]) : Optional.empty();
    }
}
